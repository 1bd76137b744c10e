-- Who can walk a path at all: not blocked, and matching whatever the path asks of the lead itself. Asked
-- first, so that nobody's visits are counted for a path that is closed to them.

with criteria as (

    select * from {{ ref('scoring_criteria') }}

),

lead_conditions as (

    select * from {{ ref('scoring_lead_conditions') }}

),

leads as (

    select lead_id, created_at from {{ ref('int_leads') }}

),

disqualified as (

    select * from {{ ref('scoring_disqualified') }}

),

paths as (

    select
        version,
        stage,
        path,
        cast(sum(case when subject = 'lead' then 1 else 0 end) as int) as asked_count
    from criteria
    group by version, stage, path

),

matched as (

    select
        criteria.version,
        criteria.stage,
        criteria.path,
        lead_conditions.lead_id,
        cast(count(*) as int) as matched_count
    from criteria
    inner join lead_conditions
        on criteria.field = lead_conditions.field
        and criteria.operator = lead_conditions.operator
        and criteria.value is not distinct from lead_conditions.value
    where criteria.subject = 'lead'
        and lead_conditions.state = 1
    group by criteria.version, criteria.stage, criteria.path, lead_conditions.lead_id

),

open_paths as (

    select
        paths.version,
        paths.stage,
        paths.path,
        leads.lead_id
    from paths
    cross join leads
    where paths.asked_count = 0

    union all

    select
        matched.version,
        matched.stage,
        matched.path,
        matched.lead_id
    from matched
    inner join paths
        on matched.version = paths.version
        and matched.stage = paths.stage
        and matched.path = paths.path
        and matched.matched_count = paths.asked_count

),

final as (

    select open_paths.*
    from open_paths
    left join disqualified
        on open_paths.lead_id = disqualified.lead_id
        and disqualified.is_blocked
    where disqualified.lead_id is null

)

select * from final
