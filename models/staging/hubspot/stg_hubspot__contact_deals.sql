-- The deals that an export of contacts names beside each contact.

{{ staged('deal_contacts', hubspot_listed(source('hubspot', 'contact'), 'associated_deal_ids') ~ ' as listed', {
    'deal_id': id_of('hubspot', 'listed_id'),
    'lead_id': id_of('hubspot', 'id'),
}, is_utc=true, counts=none) }}

select * from final
