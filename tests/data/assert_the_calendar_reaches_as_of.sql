-- Detects: a team whose calendar ends before as_of, or in the weeks after it in which duties fall due.
-- Because: national_holidays is written for a number of years; after the last of them nothing is due and nobody is late.
-- A row means: the calendar of `team` ends on `last_on`; write seeds/calendar/national_holidays.csv anew with more years.

with calendar as (

    select
        team,
        max(day_on) as last_on
    from {{ ref('dim_business_days') }}
    group by team

),

final as (

    select
        team,
        last_on
    from calendar
    where last_on < {{ add_months(local_day(as_of()), 1) }}

)

select * from final
