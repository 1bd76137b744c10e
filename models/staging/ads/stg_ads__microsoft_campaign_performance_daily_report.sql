-- Until intermediate has looked them up, campaign holds its number and content the number of the account.
{{ staged('marketing_costs', source('ads', 'microsoft_campaign_performance_daily_report'), {
    'channel': "'microsoft'",
    'campaign': 'campaign_id',
    'content': 'account_id',
    'starts_on': first_letters('date', 10),
    'ends_on': first_letters('date', 10),
    'amount': cut_decimals('spend'),
    'currency': 'currency_code',
    'kind': "'media'",
}, linked=['cost_id'], counts='ads__microsoft_campaign_performance_daily_report') }}

select * from final
