{{ staged('activities', source('raw', 'activities'), same_columns('activities')) }}

select * from final
