-- Opportunities with their first prospect; of prospects who are not here, none.

with opportunities as (

    select * from {{ ref('stg_account_engagement__opportunities') }}

),

prospects as (

    select distinct lead_id
    from {{ ref('stg_account_engagement__prospects') }}
    where broken_rule is null

),

links as (

    select links.deal_id, min(links.lead_id) as lead_id
    from {{ ref('stg_account_engagement__opportunity_prospects') }} as links
    inner join prospects on links.lead_id = prospects.lead_id
    group by links.deal_id

),

final as (

    select {{ staged_columns('deals', 'opportunities', {'lead_id': 'links.lead_id'}) }}
    from opportunities
    left join links on opportunities.deal_id = links.deal_id

)

select * from final
