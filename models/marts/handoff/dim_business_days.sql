-- Every day of every team: when it opens, how long it is open, and how much was worked before it. Closed days are there too,
-- with no time of their own, so that any instant finds its place with one equal join.

with business_hours as (

    select * from {{ ref('business_hours') }}

),

teams as (

    select 'all' as team
    union distinct
    select team from {{ ref('team_members') }}

),

team_hours as (

    -- a team with hours of its own follows no row of all
    select
        teams.team,
        coalesce(max(business_hours.team), 'all') as hours_team
    from teams
    left join business_hours on teams.team = business_hours.team
    group by teams.team

),

bounds as (

    select
        cast(date_trunc('year', min(holiday_on)) as date) as first_on,
        cast(date_trunc('year', {{ add_months('max(holiday_on)', 12) }}) as date) as end_on
    from {{ ref('national_holidays') }}

),

days as (

    select {{ add_days('bounds.first_on', 'numbers.n') }} as day_on
    from bounds
    cross join ({{ numbers(40000) }}) as numbers
    where {{ add_days('bounds.first_on', 'numbers.n') }} < bounds.end_on

),

planned as (

    -- a half day shortens a working day; it does not make one of a Sunday
    select
        team_hours.team,
        days.day_on,
        coalesce(own.opens, common.opens, business_hours.opens) as opens,
        case
            when national_holidays.holiday_on is not null then null
            when own.month is not null and own.closes is null then null
            when own.month is null and common.month is not null and common.closes is null then null
            when business_hours.closes is not null then coalesce(own.closes, common.closes, business_hours.closes)
        end as closes
    from team_hours
    cross join days
    left join business_hours
        on team_hours.hours_team = business_hours.team
        and {{ weekday('days.day_on') }} = business_hours.weekday
        and days.day_on >= business_hours.valid_from
        and (days.day_on < business_hours.valid_to or business_hours.valid_to is null)
    left join {{ ref('national_holidays') }} as national_holidays on days.day_on = national_holidays.holiday_on
    {%- for name, team in [('own', 'team_hours.team'), ('common', "'all'")] %}
    left join {{ ref('company_holidays') }} as {{ name }}
        on {{ name }}.team = {{ team }}
        and month(days.day_on) = {{ name }}.month
        and day(days.day_on) = {{ name }}.day
        and days.day_on >= {{ name }}.valid_from
        and (days.day_on < {{ name }}.valid_to or {{ name }}.valid_to is null)
    {%- endfor %}

),

timed as (

    select
        team,
        day_on,
        closes is not null as is_working,
        {{ add_minutes(day_start('day_on'), 'case when closes is null then 0 else ' ~ minute_of_day('opens') ~ ' end') }} as opens_at,
        {{ add_minutes(day_start('day_on'), 'case when closes is null then 0 else ' ~ minute_of_day('closes') ~ ' end') }} as closes_at
    from planned

),

lengths as (

    select
        timed.*,
        cast({{ microseconds('closes_at') }} - {{ microseconds('opens_at') }} as bigint) as open_time
    from timed

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        team,
        day_on,
        is_working,
        opens_at,
        closes_at,
        open_time,
        cast(sum(open_time) over (partition by team order by day_on) - open_time as bigint) as worked_before,
        cast(sum(case when is_working then 1 else 0 end) over (partition by team order by day_on) as bigint) as business_day_no
    from lengths

)

select * from final
