{{ rows_of_every_tool('activities') }}

select * from final
