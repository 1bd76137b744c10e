-- Leads that no points can qualify, with the first reason under the version in force at as_of.

with disqualifiers as (

    select * from {{ ref('disqualifiers') }}

),

versions as (

    select * from {{ ref('scoring_versions') }}

),

lead_conditions as (

    select * from {{ ref('scoring_lead_conditions') }}

),

final as (

    select
        lead_conditions.lead_id,
        min(disqualifiers.disqualifier_id) as disqualified_reason,
        max(case when disqualifiers.blocks_qualification then 1 else 0 end) = 1 as is_blocked
    from disqualifiers
    inner join versions
        on disqualifiers.version = versions.version
        and versions.is_current
    inner join lead_conditions
        on disqualifiers.field = lead_conditions.field
        and disqualifiers.operator = lead_conditions.operator
        and disqualifiers.value is not distinct from lead_conditions.value
    where lead_conditions.state = 1
    group by lead_conditions.lead_id

)

select * from final
