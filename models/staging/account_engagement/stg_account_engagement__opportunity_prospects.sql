{{ staged('deal_contacts', source('account_engagement', 'opportunity_prospect'), {
    'deal_id': id_of('account_engagement', 'opportunity_id'),
    'lead_id': id_of('account_engagement', 'prospect_id'),
    'added_at': salesforce_time('updated_at'),
}, counts='account_engagement__opportunity_prospect') }}

select * from final
