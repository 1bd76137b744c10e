-- Until intermediate has looked them up, campaign holds its number and content the number of the account.
-- The amount is in micros: what is rounded here would be missing in the sum.
{{ staged('marketing_costs', source('ads', 'google_campaign_stats'), {
    'channel': "'google'",
    'campaign': 'id',
    'content': 'customer_id',
    'starts_on': first_letters('date', 10),
    'ends_on': first_letters('date', 10),
    'amount': 'cost_micros',
    'kind': "'media'",
}, linked=['cost_id'], counts='ads__google_campaign_stats') }}

select * from final
