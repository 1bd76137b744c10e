-- By what a lead qualified: each criterion of the path that did it, with the last fact up to that instant that met it.

with qualifications as (

    select * from {{ ref('fct_qualifications') }}
    where basis = 'in_force'

),

criteria as (

    select * from {{ ref('scoring_criteria') }}
    where role = 'enter'

),

spans as (

    select * from {{ ref('scoring_path_spans') }}

),

leads as (

    select lead_id, created_at from {{ ref('int_leads') }}

),

asked as (

    select
        qualifications.*,
        criteria.criterion,
        criteria.subject
    from qualifications
    inner join criteria
        on qualifications.scorecard_version = criteria.version
        and qualifications.stage = criteria.stage
        and qualifications.path = criteria.path

),

facts as (

    select
        qualifications.lead_id,
        qualifications.episode_no,
        qualifications.stage,
        spans.criterion,
        max(spans.held_from) as met_at
    from qualifications
    inner join spans
        on qualifications.lead_id = spans.lead_id
        and qualifications.scorecard_version = spans.version
        and qualifications.stage = spans.stage
        and qualifications.path = spans.path
        and spans.held_from <= qualifications.qualified_at
        and (spans.held_until is null or spans.held_until > qualifications.qualified_at)
    group by qualifications.lead_id, qualifications.episode_no, qualifications.stage, spans.criterion

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        asked.lead_id,
        asked.episode_no,
        asked.stage,
        asked.scorecard_version,
        asked.path,
        asked.criterion,
        asked.qualified_at,
        -- a score is made by many facts, what a lead is was so when it came
        case
            when asked.subject = 'lead' then leads.created_at
            when asked.subject <> 'score' then facts.met_at
        end as met_at
    from asked
    inner join leads on asked.lead_id = leads.lead_id
    left join facts
        on asked.lead_id = facts.lead_id
        and asked.episode_no = facts.episode_no
        and asked.stage = facts.stage
        and asked.criterion = facts.criterion

)

select * from final
