-- The weekly duty of each team: the weekday that was agreed, or the last working day of that week before it where it is a
-- holiday. A week without a working day until then has no duty.

with terms as (

    select * from {{ ref('sla_terms') }}
    where unit = 'weekday'

),

calendar as (

    select * from {{ ref('dim_business_days') }}
    where is_working

),

deals as (

    select min(created_at) as first_at
    from {{ ref('int_deals') }}

),

days as (

    select
        terms.term_id,
        terms.duty_of,
        calendar.team,
        cast(date_trunc('week', calendar.day_on) as date) as week_on,
        max(calendar.closes_at) as due_at
    from calendar
    inner join terms
        on {{ weekday('calendar.day_on') }} <= terms.limit_value
        and calendar.day_on >= terms.valid_from
        and (calendar.day_on < terms.valid_to or terms.valid_to is null)
    group by terms.term_id, terms.duty_of, calendar.team, cast(date_trunc('week', calendar.day_on) as date)

),

ordered as (

    select
        days.*,
        lag(due_at) over (partition by term_id, team order by due_at) as previous_due_at
    from days

),

final as (

    select ordered.*
    from ordered
    cross join deals
    where ordered.due_at > deals.first_at
        and ordered.previous_due_at < {{ as_of() }}

)

select * from final
