-- The last twelve months whose cohorts may be judged, channel by channel: what the latest months brought is not over.
-- A month without a registered cost is left out with all it earned, so that cost and profit are of the same months.

with months as (

    select * from {{ ref('mart_channel_roi') }}
    where basis = 'cohort' and is_mature

),

last_months as (

    select period
    from months
    group by period
    qualify row_number() over (order by period desc) <= 12

),

final as (

    select
        months.channel,
        months.model,
        cast(sum(months.leads) as bigint) as leads,
        cast(sum(months.won) as bigint) as won,
        cast(sum(months.cost) as double) as cost,
        cast(sum(months.gross_profit) as double) as gross_profit,
        case
            when sum(months.cost) > 0
                then (cast(sum(months.gross_profit) as double) - cast(sum(months.cost) as double)) / cast(sum(months.cost) as double)
        end as roi
    from months
    inner join last_months on months.period = last_months.period
    where months.cost is not null
    group by months.channel, months.model

)

select * from final
