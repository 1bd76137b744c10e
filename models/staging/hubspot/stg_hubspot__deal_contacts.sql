{{ staged('deal_contacts', source('hubspot', 'deal_contact'), {
    'deal_id': id_of('hubspot', 'deal_id'),
    'lead_id': id_of('hubspot', 'contact_id'),
    'role': 'category',
}, is_utc=true, counts='hubspot__deal_contact') }}

select * from final
