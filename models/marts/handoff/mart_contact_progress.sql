-- Of the hand-overs of a month: how many had been contacted after so many working hours. Each hour asks only those whose
-- clock has run so far by as_of, contacted or not, so that those who wait do not vanish and the young ones do not count against
-- the month.

with checks as (

    select * from {{ ref('fct_sla_checks') }}
    where status not in ('unmeasured', 'waived')
        and term_id in (
            select term_id
            from {{ ref('sla_terms') }}
            where to_event = 'first_contact'
        )

),

clocks as (

    select * from {{ ref('handoff_clocks') }}
    where event = 'as_of'

),

starts as (

    select * from {{ ref('handoff_term_starts') }}

),

hours as (

    {{ numbers(91) }}

),

aged as (

    -- whole hours, and few rows, before they meet the hours they are asked about
    select
        checks.term_id,
        checks.period,
        case when checks.done_at is not null then cast(ceil(checks.taken_business_hours) as bigint) end as contact_hour,
        cast(floor({{ as_hours('clocks.worked - starts.started_worked') }}) as bigint) as age_hour,
        count(*) as handoff_count
    from checks
    inner join starts
        on checks.lead_id = starts.lead_id
        and checks.episode_no = starts.episode_no
        and checks.term_id = starts.term_id
    inner join clocks
        on checks.lead_id = clocks.lead_id
        and checks.episode_no = clocks.episode_no
    group by all

),

counted as (

    select
        aged.term_id,
        aged.period,
        hours.n as hour_no,
        sum(aged.handoff_count) as n,
        sum(case when aged.contact_hour <= hours.n then aged.handoff_count else 0 end) as k
    from aged
    inner join hours on aged.age_hour >= hours.n
    group by aged.term_id, aged.period, hours.n

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        term_id,
        period,
        cast(hour_no as int) as business_hours,
        cast(n as bigint) as n,
        cast(k as bigint) as k,
        {{ rate('k', 'n') }} as rate,
        {{ wilson_low('k', 'n') }} as ci_low,
        {{ wilson_high('k', 'n') }} as ci_high
    from counted

)

select * from final
