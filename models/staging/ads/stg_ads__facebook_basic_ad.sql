-- Until intermediate has looked them up, campaign holds the number of the ad and content the number of the account.
{{ staged('marketing_costs', source('ads', 'facebook_basic_ad'), {
    'channel': "'facebook'",
    'campaign': 'ad_id',
    'content': 'account_id',
    'starts_on': first_letters('date', 10),
    'ends_on': first_letters('date', 10),
    'amount': cut_decimals('spend'),
    'kind': "'media'",
}, linked=['cost_id'], counts='ads__facebook_basic_ad') }}

select * from final
