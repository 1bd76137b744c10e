-- Whom a path that asks something of the lead itself is open to: who matches all of it. Asked first, so that
-- nobody's visits are counted for a path that is closed to them. Paths that ask nothing are open to all.

with criteria as (

    select * from {{ ref('scoring_criteria') }}
    where role = 'enter'

),

lead_conditions as (

    select * from {{ ref('scoring_lead_conditions') }}

),

final as (

    select
        criteria.version,
        criteria.stage,
        criteria.path,
        lead_conditions.lead_id
    from criteria
    inner join lead_conditions
        on {{ same_condition('criteria', 'lead_conditions') }}
    where criteria.subject = 'lead'
        and lead_conditions.state = 1
    group by
        criteria.version, criteria.stage, criteria.path,
        lead_conditions.lead_id, criteria.lead_criteria_count
    having count(*) = criteria.lead_criteria_count

)

select * from final
