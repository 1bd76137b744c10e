-- Merge by merge from each merged lead to where it leads. A chain without an end is walked no farther than any chain
-- goes. A table of its own, because Spark works out a recursion anew wherever it is named. A merge that somebody decided
-- against is none.

{% set longest_chain = 32 %}  {#- merges; a longer chain is refused as a circle -#}

with recursive leads as (

    select lead_id, merged_into_lead_id from {{ ref('int_lead_records') }}
    where is_kept

),

apart as (

    select * from {{ ref('int_identity_decisions') }}
    where decision = 'different'

),

merges as (

    select
        leads.lead_id,
        leads.merged_into_lead_id
    from leads
    left join apart
        on leads.lead_id = apart.lead_id and leads.merged_into_lead_id = apart.other_lead_id
    where leads.merged_into_lead_id is not null and apart.lead_id is null

),

final as (

    select
        lead_id,
        merged_into_lead_id as reached_lead_id,
        1 as hops
    from merges
    union all

    select
        final.lead_id,
        merges.merged_into_lead_id as reached_lead_id,
        final.hops + 1 as hops
    from final
    inner join merges on final.reached_lead_id = merges.lead_id
    where final.hops < {{ longest_chain }} and final.reached_lead_id <> final.lead_id

)

select * from final
