-- Detects: a dimension whose parts are not the whole.
-- Because: a lead without an industry or a channel falls out of a cut that does not spell out unknown, and the
--     chart by industry then says something else than the tile above it.
-- A row means: in this step, basis and month the values of `dimension` sum to (n, k), all of them to (all_n, all_k).

with conversions as (

    select * from {{ ref('mart_conversions') }}

),

wholes as (

    select * from conversions
    where dimension = 'all'

),

parts as (

    select
        from_stage,
        to_stage,
        basis,
        period,
        dimension,
        sum(n) as n,
        sum(k) as k
    from conversions
    where dimension <> 'all'
    group by from_stage, to_stage, basis, period, dimension

),

final as (

    select
        parts.from_stage,
        parts.to_stage,
        parts.basis,
        parts.period,
        parts.dimension,
        parts.n,
        parts.k,
        wholes.n as all_n,
        wholes.k as all_k
    from parts
    left join wholes
        on parts.from_stage = wholes.from_stage
        and parts.to_stage = wholes.to_stage
        and parts.basis = wholes.basis
        and parts.period = wholes.period
    where wholes.n is null
        or parts.n <> wholes.n
        or parts.k <> wholes.k

)

select * from final
