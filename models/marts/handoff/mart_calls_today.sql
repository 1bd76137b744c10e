-- Whom to call: hand-overs that nobody has contacted and nobody has disposed of. First those that are still in time, the one due
-- first on top; then the late ones, the youngest first, because the old ones are cold already. Of equals the most points.

with checks as (

    select * from {{ ref('fct_sla_checks') }}
    where status in ('open', 'not_due')
        and term_id in (
            select term_id
            from {{ ref('sla_terms') }}
            where to_event = 'first_contact'
        )

),

handoffs as (

    select * from {{ ref('fct_handoffs') }}
    where first_contact_at is null and disposed_at is null

),

scores as (

    select * from {{ ref('lead_scores') }}

),

hours as (

    -- how long a usual working day is, so that hours can be told as days
    select team, {{ as_hours('sum(open_time)') }} / count(*) as day_hours
    from {{ ref('dim_business_days') }}
    where is_working and opens_at <= {{ as_of() }} and day_on >= {{ add_months(local_day(as_of()), -12) }}
    group by team

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        handoffs.lead_id,
        handoffs.episode_no,
        checks.term_id,
        handoffs.owner_id,
        handoffs.team,
        handoffs.handed_over_at,
        checks.due_at,
        checks.is_late,
        checks.taken_business_hours as waiting_business_hours,
        cast(checks.taken_business_hours / hours.day_hours as double) as waiting_business_days,
        cast(checks.allowed_business_hours / hours.day_hours as double) as allowed_business_days,
        cast((checks.allowed_business_hours - checks.taken_business_hours) as double) as remaining_business_hours,
        handoffs.score,
        scores.grade,
        scores.top_reasons_ja,
        scores.top_reasons_en,
        cast(row_number() over (
            order by
                checks.is_late,
                case when not checks.is_late then checks.due_at end,
                checks.due_at desc, handoffs.score desc nulls last, handoffs.lead_id, checks.term_id
        ) as bigint) as call_rank
    from handoffs
    inner join checks
        on handoffs.lead_id = checks.lead_id
        and handoffs.episode_no = checks.episode_no
    left join scores on handoffs.lead_id = scores.lead_id
    left join hours on handoffs.team = hours.team

)

select * from final
