-- Who is left out under each version, with the first reason.

with disqualifiers as (

    select * from {{ ref('disqualifiers') }}

),

lead_conditions as (

    select * from {{ ref('scoring_lead_conditions') }}

),

final as (

    select
        disqualifiers.version,
        lead_conditions.lead_id,
        min(disqualifiers.disqualifier_id) as disqualified_reason,
        max(case when disqualifiers.blocks_qualification then 1 else 0 end) = 1 as is_blocked
    from disqualifiers
    inner join lead_conditions
        on {{ same_condition('disqualifiers', 'lead_conditions') }}
    where lead_conditions.state = 1
    group by disqualifiers.version, lead_conditions.lead_id

)

select * from final
