{{ staged('deal_contacts', source('marketo', 'opportunity_role'), {
    'deal_id': id_of('marketo', 'external_opportunity_id'),
    'lead_id': id_of('marketo', 'lead_id'),
    'role': 'role',
}, is_utc=true, counts='marketo__opportunity_role') }}

select * from final
