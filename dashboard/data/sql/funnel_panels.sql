-- One step month by month for the five largest values of a dimension, and for all others together.
with
months as (
    select
        period,
        value,
        n,
        k,
        rate,
        ci_low,
        ci_high,
        is_mature
    from marts.mart_conversions
    where from_stage = $from_stage
        and to_stage = $to_stage
        and basis = $basis
        and dimension = $by
        and period >= (select max(period) from marts.mart_conversions) - interval 12 month
),

largest as (
    select value
    from months
    group by value
    order by sum(n) desc, value
    limit 5
)

select
    months.value,
    false as is_rest,
    months.period,
    months.n,
    months.k,
    months.rate,
    months.ci_low,
    months.ci_high,
    months.is_mature
from months
inner join largest on months.value = largest.value
union all
select
    '' as value,
    true as is_rest,
    period,
    cast(sum(n) as bigint) as n,
    cast(sum(k) as bigint) as k,
    case when sum(n) > 0 then cast(sum(k) as double) / sum(n) end as rate,
    null as ci_low,
    null as ci_high,
    bool_and(is_mature) as is_mature
from months
where value not in (select value from largest)
group by period
order by is_rest, value, period
