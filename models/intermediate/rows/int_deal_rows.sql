{{ rows_of_every_tool('deals') }}

select * from final
