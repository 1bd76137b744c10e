with prospects as (

    select * from {{ ref('stg_account_engagement__prospects') }}

),

campaigns as (

    select campaign_id, max(name) as name
    from {{ ref('stg_account_engagement__campaigns') }}
    group by campaign_id

),

final as (

    select {{ staged_columns('leads', 'prospects', {'source_campaign': 'campaigns.name'}) }}
    from prospects
    left join campaigns on prospects.source_campaign = campaigns.campaign_id

)

select * from final
