-- Who never got that many points in all cannot have reached a lower bound: for most leads a criterion on the score
-- ends here, before anything is sorted by time.

with criteria as (

    select * from {{ ref('scoring_criteria') }}
    where subject = 'score'

),

ledger as (

    select * from {{ ref('fct_score_ledger') }}

),

eligible as (

    select * from {{ ref('scoring_eligible_leads') }}

),

blocked as (

    select * from {{ ref('scoring_blocked_leads') }}

),

final as (

    select
        criteria.version,
        criteria.stage,
        criteria.path,
        criteria.criterion,
        ledger.lead_id
    from ledger
    inner join criteria
        on ledger.scorecard_version = criteria.version
        and (criteria.field = 'total' or criteria.field = ledger.axis)
    left join eligible
        on ledger.lead_id = eligible.lead_id
        and criteria.version = eligible.version
        and criteria.stage = eligible.stage
        and criteria.path = eligible.path
    left join blocked on ledger.lead_id = blocked.lead_id
    where blocked.lead_id is null
        and (criteria.lead_criteria_count = 0 or eligible.lead_id is not null)
    group by
        criteria.version, criteria.stage, criteria.path, criteria.criterion,
        criteria.operator, criteria.value, ledger.lead_id
    having criteria.operator = 'lte'
        or sum(greatest(ledger.points, 0)) >= try_cast({{ list_item('criteria.value', 1) }} as double)

)

select * from final
