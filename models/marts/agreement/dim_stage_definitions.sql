with rows_agreed as (

    select * from {{ ref('stage_definitions') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        version,
        stage,
        path,
        criterion,
        role,
        subject,
        field,
        operator,
        value,
        cast(min_count as bigint) as min_count,
        distinct_by,
        cast(window_days as int) as window_days,
        label_ja,
        label_en,
        reason
    from rows_agreed

)

select * from final
