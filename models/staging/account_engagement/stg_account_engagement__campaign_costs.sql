-- A campaign says what it cost, not when: the cost falls on the day it was made.

{{ staged('marketing_costs', source('account_engagement', 'campaign'), {
    'cost_id': id_of('account_engagement', 'id'),
    'channel': "'unknown'",
    'campaign': 'name',
    'starts_on': salesforce_time('created_at'),
    'amount': 'cost',
}, where=account_engagement_has_cost(), counts='account_engagement__campaign') }}

select * from final
