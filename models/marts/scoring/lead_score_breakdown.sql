with points as (

    select * from {{ ref('scoring_current_points') }}

),

rules as (

    select * from {{ ref('scoring_rules') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        points.lead_id,
        points.scorecard_version,
        points.rule_id,
        points.axis,
        rules.label_ja,
        rules.label_en,
        cast(points.firings as bigint) as firings,
        cast(points.points as double) as points,
        cast(points.points_lost_to_cap as double) as points_lost_to_cap,
        cast(points.points_given - points.points as double) as points_lost_to_decay,
        points.last_fired_at
    from points
    inner join rules
        on points.scorecard_version = rules.version
        and points.rule_id = rules.rule_id

)

select * from final
