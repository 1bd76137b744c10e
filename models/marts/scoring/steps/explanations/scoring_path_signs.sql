-- What holds at as_of of the paths to an MQL that ask for several things, for leads that are none and may become one: 1 it
-- holds, 0 the lead is not like that, NULL unknown. Activities that are missing have no row.

with criteria as (

    select * from {{ ref('scoring_criteria') }}
    where stage = 'mql'
        and role = 'enter'
        and criteria_count > 1

),

open_leads as (

    select
        lead_versions.lead_id,
        lead_versions.version
    from {{ ref('scoring_lead_versions') }} as lead_versions
    inner join {{ ref('funnel_current_stages') }} as stages on lead_versions.lead_id = stages.lead_id
    left join {{ ref('scoring_blocked_leads') }} as blocked
        on lead_versions.lead_id = blocked.lead_id
        and lead_versions.version = blocked.version
    where stages.stage in ('lead', 'returned')
        and blocked.lead_id is null

),

lead_conditions as (

    select * from {{ ref('scoring_lead_conditions') }}

),

spans as (

    select * from {{ ref('scoring_criterion_spans') }}
    where held_from <= {{ as_of() }}
        and (held_until is null or held_until > {{ as_of() }})

),

final as (

    select
        open_leads.lead_id,
        criteria.version,
        criteria.path,
        criteria.criterion,
        lead_conditions.state
    from criteria
    inner join lead_conditions
        on {{ same_condition('criteria', 'lead_conditions') }}
    inner join open_leads
        on lead_conditions.lead_id = open_leads.lead_id
        and criteria.version = open_leads.version
    where criteria.subject = 'lead'

    union all

    select distinct
        open_leads.lead_id,
        criteria.version,
        criteria.path,
        criteria.criterion,
        1 as state
    from criteria
    inner join spans on criteria.question_no = spans.question_no
    inner join open_leads
        on spans.lead_id = open_leads.lead_id
        and criteria.version = open_leads.version

)

select * from final
