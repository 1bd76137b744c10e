with costs as (

    select * from {{ ref('stg_salesforce__campaign_costs') }}

),

words as (

    select * from {{ ref('channel_words') }}

),

final as (

    select {{ staged_columns('marketing_costs', 'costs', {'channel': 'coalesce(words.channel, costs.channel)'}) }}
    from costs
    left join words on lower(costs.channel) = words.source_word

)

select * from final
