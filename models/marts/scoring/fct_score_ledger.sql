-- Points given are the step of the capped running total: what a cap takes away is written down, not lost.
-- First the cap of the rule and its period, then the cap of the group over all its rules.

with firings as (

    select * from {{ ref('scoring_firings') }}

),

rules as (

    select * from {{ ref('scoring_rules') }}

),

priced as (

    select
        firings.lead_id, firings.version, firings.rule_id, firings.occurred_at, firings.activity_id,
        rules.axis, rules.points, rules.cap_points,
        case rules.cap_period
            when 'day' then firings.occurred_on
            when 'month' then cast(date_trunc('month', firings.occurred_on) as date)
        end as cap_bucket,
        rules.rule_group, rules.group_cap_points, rules.decay, rules.decay_days
    from firings
    inner join rules
        on firings.version = rules.version
        and firings.rule_id = rules.rule_id

),

rule_running as (

    select
        priced.*,
        sum(points) over (
            partition by lead_id, version, rule_id, cap_bucket
            order by occurred_at, activity_id
            rows between unbounded preceding and current row
        ) as running_points
    from priced
    where cap_points is not null

),

rule_capped as (

    select
        lead_id, version, rule_id, axis, occurred_at, activity_id, points,
        least(running_points, cap_points) - least(running_points - points, cap_points) as given,
        rule_group, group_cap_points, decay, decay_days
    from rule_running

    union all

    select
        lead_id, version, rule_id, axis, occurred_at, activity_id, points,
        points as given,
        rule_group, group_cap_points, decay, decay_days
    from priced
    where cap_points is null

),

group_running as (

    select
        rule_capped.*,
        sum(given) over (
            partition by lead_id, version, rule_group
            order by occurred_at, activity_id, rule_id
            rows between unbounded preceding and current row
        ) as running_given
    from rule_capped
    where group_cap_points is not null

),

group_capped as (

    select
        lead_id, version, rule_id, axis, occurred_at, activity_id, points, decay, decay_days,
        least(running_given, group_cap_points)
        - least(running_given - given, group_cap_points) as given
    from group_running

    union all

    select
        lead_id, version, rule_id, axis, occurred_at, activity_id, points, decay, decay_days,
        given
    from rule_capped
    where group_cap_points is null

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
        cast(points - given as double) as points_lost_to_cap,
        decay,
        cast(decay_days as int) as decay_days,
        activity_id
    from group_capped

)

select * from final
