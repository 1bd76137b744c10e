-- What criteria ask of the score, each question once. A lower bound holds for good once it is reached where no rule of the
-- version takes points or fades; a status of the company's own may be entered again, so for these every moment counts.

with criteria as (

    select * from {{ ref('scoring_criteria') }}
    where subject = 'score'

),

rising_versions as (

    select version
    from {{ ref('scoring_point_rules') }}
    group by version
    having min(points) >= 0
        and max(case when decay = 'none' then 0 else 1 end) = 0

),

final as (

    select
        criteria.question_no,
        criteria.version,
        criteria.field,
        criteria.operator,
        criteria.value,
        min(criteria.lead_criteria_count) = 0 as is_asked_of_all,
        criteria.operator = 'gte'
        and max(case when criteria.stage in ('mql', 'sql') then 0 else 1 end) = 0
        and max(rising_versions.version) is not null as is_for_good
    from criteria
    left join rising_versions on criteria.version = rising_versions.version
    group by criteria.question_no, criteria.version, criteria.field, criteria.operator, criteria.value

)

select * from final
