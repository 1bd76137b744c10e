{{ rows_of_every_tool('leads') }}

select * from final
