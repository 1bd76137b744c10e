-- Rules that no cap looks at give what they are worth; the others what their caps leave.

with firings as (

    select * from {{ ref('scoring_firings') }}

),

rules as (

    select * from {{ ref('scoring_point_rules') }}
    where not is_capped

),

capped_points as (

    select * from {{ ref('scoring_capped_points') }}

),

given_points as (

    select
        firings.lead_id,
        rules.version,
        rules.rule_id,
        rules.axis,
        firings.occurred_at,
        rules.points as given,
        cast(0 as double) as lost,
        rules.decay,
        rules.decay_days,
        firings.activity_id
    from firings
    inner join rules on firings.question_no = rules.question_no

    union all

    select
        lead_id,
        version,
        rule_id,
        axis,
        occurred_at,
        given,
        points - given as lost,
        decay,
        decay_days,
        activity_id
    from capped_points

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        lead_id,
        version as scorecard_version,
        rule_id,
        axis,
        occurred_at,
        cast(given as double) as points,
        cast(lost as double) as points_lost_to_cap,
        decay,
        cast(decay_days as int) as decay_days,
        activity_id
    from given_points

)

select * from final
