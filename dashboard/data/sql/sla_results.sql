-- How each duty was kept, the newest period first; a period that nobody may judge yet is there too.
select
    results.term_id,
    results.duty_of,
    results.period,
    results.value,
    results.unit,
    results.n,
    results.k,
    results.rate,
    results.ci_low,
    results.ci_high,
    results.actual,
    results.target,
    results.met_count,
    results.breached_count,
    results.open_count as overdue_count,
    results.not_due_count,
    results.waived_count,
    results.unmeasured_count,
    results.is_mature,
    results.is_on_target,
    results.streak_count
from marts.mart_sla_results as results
where results.period_kind = $period_kind
    and results.dimension = $dimension
    and (
        select count(distinct later.period)
        from marts.mart_sla_results as later
        where later.period_kind = $period_kind
            and later.dimension = $dimension
            and later.term_id = results.term_id
            and later.period > results.period
    ) < $periods
order by results.term_id, results.period desc, results.value
limit 2000
