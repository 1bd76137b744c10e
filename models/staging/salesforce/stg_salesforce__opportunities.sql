-- The close date is a day of the company's calendar, whatever time a connector puts behind it.

{{ staged('deals', source('salesforce', 'opportunity'), {
    'deal_id': id_of('salesforce', salesforce_id('id')),
    'account_id': id_of('salesforce', salesforce_id('account_id')),
    'name': 'name',
    'amount': 'amount',
    'currency': 'currency_iso_code',
    'gross_margin_rate': 'gross_margin_rate_c',
    'stage': 'stage_name',
    'is_closed': 'is_closed',
    'is_won': 'is_won',
    'created_at': salesforce_time('created_date'),
    'closed_at': salesforce_day('close_date'),
    'lost_reason': 'loss_reason_c',
    'owner_id': 'owner_id',
    'product': 'product_c',
    'updated_at': salesforce_time('last_modified_date'),
}, where='not ' ~ salesforce_is_gone(is_versioned=true), counts='salesforce__opportunity') }}

select * from final
