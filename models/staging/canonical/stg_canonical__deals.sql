{{ staged('deals', source('raw', 'deals'), same_columns('deals')) }}

select * from final
