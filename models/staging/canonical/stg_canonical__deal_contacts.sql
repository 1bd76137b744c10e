{{ staged('deal_contacts', source('raw', 'deal_contacts'), same_columns('deal_contacts')) }}

select * from final
