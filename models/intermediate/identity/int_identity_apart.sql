-- Who must not be one person, whatever the tools say, by the leads that are left after merges.

with leads as (

    select lead_id from {{ ref('int_identity_leads') }}

),

merges as (

    select * from {{ ref('int_lead_merges') }}

),

decisions as (

    select * from {{ ref('int_identity_decisions') }}
    where decision = 'different'

),

final as (

    select distinct
        leads.lead_id,
        others.lead_id as other_lead_id
    from decisions
    left join merges on decisions.lead_id = merges.lead_id
    left join merges as other_merges on decisions.other_lead_id = other_merges.lead_id
    inner join leads on coalesce(merges.root_lead_id, decisions.lead_id) = leads.lead_id
    inner join leads as others on coalesce(other_merges.root_lead_id, decisions.other_lead_id) = others.lead_id

)

select * from final
