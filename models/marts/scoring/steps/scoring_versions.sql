-- Days of the agreement to instants, and the points at which a version makes an MQL. A version is in force from the first
-- instant of valid_from to the first instant of valid_to.

with scorecards as (

    select * from {{ ref('scorecards') }}

),

thresholds as (

    -- the lowest total that makes an MQL by points alone
    select
        version,
        min(try_cast(value as double)) as mql_score
    from {{ ref('stage_definitions') }}
    where stage = 'mql' and subject = 'score' and field = 'total' and operator = 'gte'
    group by version

),

final as (

    select
        scorecards.version,
        scorecards.status,
        scorecards.segment,
        cast(scorecards.total_cap_points as double) as total_cap_points,
        thresholds.mql_score,
        scorecards.status in ('active', 'retired') as is_in_force,
        {{ day_start('scorecards.valid_from') }} as from_at,
        coalesce({{ day_start('scorecards.valid_to') }}, cast('9999-12-31 00:00:00' as timestamp)) as to_at
    from scorecards
    left join thresholds on scorecards.version = thresholds.version

)

select * from final
