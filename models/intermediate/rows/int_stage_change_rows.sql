{{ rows_of_every_tool('stage_changes') }}

select * from final
