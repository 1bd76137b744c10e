with rows_agreed as (

    select * from {{ ref('scorecards') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        version,
        status,
        valid_from as valid_from_on,
        valid_to as valid_to_on,
        segment,
        cast(total_cap_points as double) as total_cap_points,
        proposed_by,
        approved_by_marketing,
        approved_by_sales,
        reason,
        expected_effect
    from rows_agreed

)

select * from final
