{{ staged('marketing_costs', source('raw', 'marketing_costs'), same_columns('marketing_costs')) }}

select * from final
