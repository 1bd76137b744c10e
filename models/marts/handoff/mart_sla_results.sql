-- How each duty was kept, period by period. Nobody is judged below ten cases, before the period is over, or while cases
-- of it are not due yet; such a period neither lengthens a streak nor ends it.

with counts as (

    select * from {{ ref('handoff_sla_counts') }}

),

promises as (

    select * from {{ ref('handoff_monthly_promises') }}

),

terms as (

    select * from {{ ref('sla_terms') }}

),

duties as (

    select
        counts.*,
        terms.duty_of,
        'rate' as unit,
        met + breached + open as n,
        met as k,
        cast(met as double) / nullif(met + breached + open, 0) as actual,
        terms.target_rate as target,
        case
            when period_kind = 'month' then {{ day_start(add_months('period', 1)) }}
            else {{ day_start(add_days('period', 7)) }}
        end <= {{ as_of() }} and not_due = 0 as is_mature
    from counts
    inner join terms
        on counts.term_id = terms.term_id
        and counts.period >= cast(date_trunc('month', terms.valid_from) as date)
        and (counts.period < terms.valid_to or terms.valid_to is null)
    qualify row_number() over (
        partition by counts.term_id, counts.period_kind, counts.period, counts.dimension, counts.value
        order by terms.valid_from desc
    ) = 1

),

every_duty as (

    select
        term_id, period_kind, period, dimension, value, met, breached, open, not_due, waived, unmeasured,
        duty_of, unit, n, k, actual, target, is_mature
    from duties

    union all

    select
        term_id, 'month' as period_kind, period, 'all' as dimension, 'all' as value,
        {%- for status in sla_statuses() %}
        cast(null as bigint) as {{ status }},
        {%- endfor %}
        duty_of, unit, n, k, actual, target, is_mature
    from promises

),

judged as (

    select
        every_duty.*,
        case when is_mature and target is not null and (unit <> 'rate' or n >= 10) then actual >= target end as is_on_target
    from every_duty

),

runs as (

    select
        judged.*,
        sum(case when not is_on_target then 1 else 0 end) over (
            partition by term_id, period_kind, dimension, value order by period
        ) as misses_before
    from judged

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        term_id,
        duty_of,
        period_kind,
        period,
        dimension,
        value,
        unit,
        cast(n as bigint) as n,
        cast(k as bigint) as k,
        case when unit = 'rate' then {{ rate('k', 'n') }} end as rate,
        case when unit = 'rate' then {{ wilson_low('k', 'n') }} end as ci_low,
        case when unit = 'rate' then {{ wilson_high('k', 'n') }} end as ci_high,
        cast(actual as double) as actual,
        cast(target as double) as target
        {%- for status in sla_statuses() %},
        cast({{ status }} as bigint) as {{ status }}_count
        {%- endfor %},
        is_mature,
        is_on_target,
        cast(count(case when is_on_target then 1 end) over (
            partition by term_id, period_kind, dimension, value, misses_before order by period
        ) as bigint) as streak_count
    from runs

)

select * from final
