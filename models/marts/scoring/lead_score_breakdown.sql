with points as (

    select * from {{ ref('scoring_current_points') }}

),

rules as (

    select * from {{ ref('scoring_rules') }}

),

by_rule as (

    select
        lead_id,
        scorecard_version,
        rule_id,
        axis,
        cast(count(*) as bigint) as firings,
        cast(sum(points) as double) as points,
        cast(sum(points_lost_to_cap) as double) as points_lost_to_cap,
        cast(sum(points_given - points) as double) as points_lost_to_decay,
        max(occurred_at) as last_fired_at
    from points
    group by lead_id, scorecard_version, rule_id, axis

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        by_rule.lead_id,
        by_rule.scorecard_version,
        by_rule.rule_id,
        by_rule.axis,
        rules.label_ja,
        rules.label_en,
        by_rule.firings,
        by_rule.points,
        by_rule.points_lost_to_cap,
        by_rule.points_lost_to_decay,
        by_rule.last_fired_at
    from by_rule
    inner join rules
        on by_rule.scorecard_version = rules.version
        and by_rule.rule_id = rules.rule_id

)

select * from final
