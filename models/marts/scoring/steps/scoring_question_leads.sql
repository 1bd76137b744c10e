-- Of whom a question has to be asked at all: of those whom every path that asks it is open to. Questions that are
-- not here are asked of everybody.

with criteria as (

    select * from {{ ref('scoring_criteria') }}

),

eligible as (

    select * from {{ ref('scoring_eligible_leads') }}

),

limited as (

    select question_no
    from criteria
    where subject <> 'lead'
    group by question_no
    having min(lead_criteria_count) > 0

),

final as (

    select distinct
        criteria.question_no,
        eligible.lead_id
    from limited
    inner join criteria on limited.question_no = criteria.question_no
    inner join eligible
        on criteria.version = eligible.version
        and criteria.stage = eligible.stage
        and criteria.path = eligible.path

)

select * from final
