-- Until intermediate has looked them up, campaign holds its number; the account is the one of the campaign.
{{ staged('marketing_costs', source('ads', 'linkedin_ad_analytics_by_campaign'), {
    'channel': "'linkedin'",
    'campaign': number_of_urn('campaign_id'),
    'starts_on': first_letters('day', 10),
    'ends_on': first_letters('day', 10),
    'amount': cut_decimals('cost_in_local_currency'),
    'kind': "'media'",
}, linked=['cost_id'], counts='ads__linkedin_ad_analytics_by_campaign') }}

select * from final
