-- The close date of an open deal is a hope: intermediate asks the stage.

{{ staged('deals', source('hubspot', 'deal'), {
    'deal_id': id_of('hubspot', 'deal_id'),
    'name': 'property_dealname',
    'amount': 'property_amount',
    'currency': 'property_deal_currency_code',
    'gross_margin_rate': 'property_gross_margin_rate',
    'stage': 'deal_pipeline_stage_id',
    'created_at': 'property_createdate',
    'closed_at': 'property_closedate',
    'lost_reason': 'property_closed_lost_reason',
    'owner_id': 'owner_id',
    'product': 'property_product',
    'updated_at': 'property_hs_lastmodifieddate',
}, where='not coalesce(' ~ parse_boolean('is_deleted') ~ ', false)', is_utc=true, counts='hubspot__deal') }}

select * from final
