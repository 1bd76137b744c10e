{{ staged('leads', source('raw', 'leads'), same_columns('leads')) }}

select * from final
