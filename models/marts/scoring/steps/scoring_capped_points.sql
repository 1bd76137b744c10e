-- What the rules give where a cap looks on: first the cap of the rule and its period, then that of its group, then that
-- of the whole score. Points given are the step of the capped running total, so that at every instant the points
-- given come to the smaller of sum and cap, and what a cap takes away is written down.

with firings as (

    select * from {{ ref('scoring_firings') }}

),

rules as (

    select * from {{ ref('scoring_point_rules') }}
    where is_capped

),

priced as (

    select
        firings.lead_id,
        rules.version,
        rules.rule_id,
        rules.axis,
        firings.occurred_at,
        firings.activity_id,
        rules.points,
        rules.cap_points,
        case rules.cap_period
            when 'day' then firings.occurred_on
            when 'month' then cast(date_trunc('month', firings.occurred_on) as date)
        end as cap_bucket,
        rules.rule_group,
        rules.group_cap_points,
        rules.total_cap_points,
        rules.decay,
        rules.decay_days
    from firings
    inner join rules on firings.question_no = rules.question_no

),

rule_sums as (

    select
        priced.*,
        sum(points) over (
            partition by lead_id, version, rule_id, cap_bucket
            order by occurred_at, activity_id nulls first
            rows between unbounded preceding and current row
        ) as rule_sum
    from priced

),

after_rule_caps as (

    select
        rule_sums.*,
        {{ capped_step('rule_sum', 'points', 'cap_points') }} as rule_gave
    from rule_sums

),

group_sums as (

    -- a rule without a group is a group of its own
    select
        after_rule_caps.*,
        sum(rule_gave) over (
            partition by lead_id, version, coalesce('group:' || rule_group, 'rule:' || rule_id)
            order by occurred_at, activity_id nulls first, rule_id
            rows between unbounded preceding and current row
        ) as group_sum
    from after_rule_caps

),

after_group_caps as (

    select
        group_sums.*,
        {{ capped_step('group_sum', 'rule_gave', 'group_cap_points') }} as group_gave
    from group_sums

),

total_sums as (

    select
        after_group_caps.*,
        sum(group_gave) over (
            partition by lead_id, version
            order by occurred_at, activity_id nulls first, rule_id
            rows between unbounded preceding and current row
        ) as total_sum
    from after_group_caps

),

final as (

    select
        lead_id,
        version,
        rule_id,
        axis,
        occurred_at,
        activity_id,
        points,
        {{ capped_step('total_sum', 'group_gave', 'total_cap_points') }} as given,
        decay,
        decay_days
    from total_sums

)

select * from final
