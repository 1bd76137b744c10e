-- The spans of every criterion of every path, for the leads that can walk it: who matches what the path asks of the
-- lead itself and is not blocked under its version.

with criteria as (

    select * from {{ ref('scoring_criteria') }}
    where role = 'enter'

),

lead_paths as (

    select distinct version, stage, path
    from criteria
    where criteria_count = lead_criteria_count

),

spans as (

    select * from {{ ref('scoring_criterion_spans') }}

),

eligible as (

    select * from {{ ref('scoring_eligible_leads') }}

),

blocked as (

    select * from {{ ref('scoring_blocked_leads') }}

),

leads as (

    select lead_id, created_at from {{ ref('int_leads') }}

),

asked as (

    select
        criteria.version,
        criteria.stage,
        criteria.path,
        criteria.criterion,
        criteria.criteria_count - criteria.lead_criteria_count as needed_count,
        criteria.lead_criteria_count,
        spans.lead_id,
        spans.held_from,
        spans.held_until
    from spans
    inner join criteria on spans.question_no = criteria.question_no

    union all

    -- a path that asks nothing but what the lead is holds from the moment the lead came
    select
        lead_paths.version,
        lead_paths.stage,
        lead_paths.path,
        'lead' as criterion,
        cast(1 as bigint) as needed_count,
        cast(1 as bigint) as lead_criteria_count,
        leads.lead_id,
        leads.created_at as held_from,
        cast(null as timestamp) as held_until
    from leads
    cross join lead_paths

),

final as (

    select
        asked.version,
        asked.stage,
        asked.path,
        asked.criterion,
        cast(asked.needed_count as int) as needed_count,
        asked.lead_id,
        asked.held_from,
        asked.held_until
    from asked
    inner join leads on asked.lead_id = leads.lead_id
    left join blocked
        on asked.lead_id = blocked.lead_id
        and asked.version = blocked.version
    left join eligible
        on asked.lead_id = eligible.lead_id
        and asked.version = eligible.version
        and asked.stage = eligible.stage
        and asked.path = eligible.path
    where blocked.lead_id is null
        and (asked.lead_criteria_count = 0 or eligible.lead_id is not null)

)

select * from final
