-- The first line of an item stands for all of them; what is broken stands for itself.

with lines as (

    select * from {{ ref('int_ads__cost_lines') }}

),

final as (

    select {{ staged_columns('marketing_costs', 'lines', {
        'cost_id': 'lines.item_id',
        'channel': 'lines.channel_code',
        'campaign': 'lines.campaign_name',
        'content': 'cast(null as ' ~ dbt.type_string() ~ ')',
        'amount': 'lines.item_amount',
        'currency': 'lines.account_currency',
        'kind': "'media'",
    }) }}
    from lines
    where broken_rule is not null or item_line = 1

)

select * from final
