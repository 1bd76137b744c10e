{{ staged('marketing_costs', source('salesforce', 'campaign'), {
    'cost_id': id_of('salesforce', salesforce_id('id')),
    'channel': "coalesce(" ~ clean_text('type') ~ ", 'unknown')",
    'campaign': 'name',
    'starts_on': salesforce_day('start_date'),
    'ends_on': salesforce_day('end_date'),
    'amount': 'actual_cost',
    'currency': 'currency_iso_code',
}, where=salesforce_has_cost(), counts='salesforce__campaign') }}

select * from final
