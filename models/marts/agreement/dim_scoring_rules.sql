with rows_agreed as (

    select * from {{ ref('scoring_rules') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        version,
        rule_id,
        axis,
        subject,
        field,
        operator,
        value,
        cast(points as double) as points,
        distinct_by,
        cast(cap_points as double) as cap_points,
        cap_period,
        rule_group,
        cast(group_cap_points as double) as group_cap_points,
        decay,
        cast(decay_days as int) as decay_days,
        label_ja,
        label_en,
        reason
    from rows_agreed

)

select * from final
