-- Days of the agreement to instants. A version is in force from the first instant of valid_from to the
-- first instant of valid_to.

with scorecards as (

    select * from {{ ref('scorecards') }}

),

final as (

    select
        version,
        status,
        segment,
        cast(total_cap_points as double) as total_cap_points,
        status in ('active', 'retired') as is_in_force,
        {{ day_start('valid_from') }} as from_at,
        coalesce({{ day_start('valid_to') }}, cast('9999-12-31 00:00:00' as timestamp)) as to_at
    from scorecards

)

select * from final
