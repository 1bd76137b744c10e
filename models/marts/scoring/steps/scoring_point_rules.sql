-- The rules with what caps them. Rules of several versions that ask the same share a question_no, so that no event is
-- looked at twice for one question.

with rules as (

    select * from {{ ref('scoring_rules') }}

),

versions as (

    select * from {{ ref('scoring_versions') }}

),

final as (

    select
        rules.version,
        rules.rule_id,
        rules.axis,
        rules.subject,
        rules.field,
        rules.operator,
        rules.value,
        coalesce(rules.distinct_by, 'event') as distinct_by,
        dense_rank() over (
            order by rules.subject, rules.field, rules.operator, rules.value, coalesce(rules.distinct_by, 'event')
        ) as question_no,
        cast(rules.points as double) as points,
        cast(rules.cap_points as double) as cap_points,
        rules.cap_period,
        rules.rule_group,
        cast(rules.group_cap_points as double) as group_cap_points,
        versions.total_cap_points,
        rules.cap_points is not null
        or rules.group_cap_points is not null
        or versions.total_cap_points is not null as is_capped,
        rules.decay,
        cast(rules.decay_days as int) as decay_days
    from rules
    inner join versions on rules.version = versions.version

)

select * from final
