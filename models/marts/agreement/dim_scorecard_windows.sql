with windows as (

    select * from {{ ref('scoring_windows') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        segment,
        version,
        from_at,
        to_at,
        {{ is_in_force('windows', as_of()) }} as is_current
    from windows

)

select * from final
