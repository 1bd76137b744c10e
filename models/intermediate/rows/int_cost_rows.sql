{{ rows_of_every_tool('marketing_costs') }}

select * from final
