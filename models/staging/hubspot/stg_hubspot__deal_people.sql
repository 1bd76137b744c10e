-- The contacts that an export of deals names beside each deal.

{{ staged('deal_contacts', hubspot_listed(source('hubspot', 'deal'), 'associated_contact_ids') ~ ' as listed', {
    'deal_id': id_of('hubspot', 'deal_id'),
    'lead_id': id_of('hubspot', 'listed_id'),
}, where='not coalesce(' ~ parse_boolean('is_deleted') ~ ', false)', is_utc=true, counts=none) }}

select * from final
