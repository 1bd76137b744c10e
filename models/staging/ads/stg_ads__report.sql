-- Until intermediate has looked it up, channel holds the platform and kind the kind of campaign; content is the account.
-- The name of a campaign is its key: not every report has its number.
{{ staged('marketing_costs', source('ads', 'report'), {
    'channel': 'lower(platform)',
    'campaign': 'campaign',
    'content': 'account',
    'starts_on': 'day',
    'ends_on': 'day',
    'amount': cut_decimals('cost'),
    'currency': 'currency',
    'kind': 'kind',
}, linked=['cost_id'], counts='ads__report') }}

select * from final
