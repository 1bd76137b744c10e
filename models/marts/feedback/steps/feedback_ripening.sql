-- How long a deal takes to come of a hand-over, and of an MQL: the 90th percentile, measured on episodes old enough to
-- have had that long. The first estimate, on all, only decides which are old enough.

with instants as (

    select * from {{ ref('funnel_instants') }}

),

starts as (

    select 'handoff' as basis, handed_over_at as scored_at, opportunity_at from instants
    where handed_over_at is not null
    union all
    select 'mql' as basis, mql_at as scored_at, opportunity_at from instants
    where mql_at is not null

),

lags as (

    select
        starts.*,
        {{ days_between('scored_at', 'opportunity_at') }} as lag_days
    from starts

),

first_estimate as (

    select
        basis,
        percentile_cont(0.9) within group (order by lag_days) as p90_days
    from lags
    where lag_days is not null
    group by basis

),

final as (

    select
        lags.basis,
        cast(coalesce(
            percentile_cont(0.9) within group (order by case
                when {{ days_between('lags.scored_at', as_of()) }} >= first_estimate.p90_days then lags.lag_days
            end),
            max(first_estimate.p90_days)
        ) as double) as p90_days
    from lags
    inner join first_estimate on lags.basis = first_estimate.basis
    group by lags.basis

)

select * from final
