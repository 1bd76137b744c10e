with rows_agreed as (

    select * from {{ ref('disqualifiers') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        version,
        disqualifier_id,
        subject,
        field,
        operator,
        value,
        blocks_qualification as is_blocking,
        label_ja,
        label_en,
        reason
    from rows_agreed

)

select * from final
