-- When each duty is due. Working days: the close of the so-manieth working day after the one on which the clock started.
-- Working hours: when the team's clock has run so far. A definition and the fields hold at the hand-over itself.

{% set day = 'cast(86400000000 as double)' %}
{% set due = 'starts.started_worked + cast(starts.limit_value * 3600000000 as bigint)' %}

with starts as (

    select * from {{ ref('handoff_term_starts') }}

),

calendar as (

    select * from {{ ref('dim_business_days') }}
    where is_working

),

slots as (

    -- a working day lies in one or two stretches of 24 worked hours, so that an equal join finds the few that may fit
    select calendar.*, cast(floor(worked_before / {{ day }}) as bigint) as slot_no
    from calendar
    union distinct
    select calendar.*, cast(floor((worked_before + open_time) / {{ day }}) as bigint) as slot_no
    from calendar

),

final as (

    select
        starts.*,
        days.closes_at as due_at,
        days.worked_before + days.open_time as due_worked
    from starts
    left join calendar as days
        on starts.team = days.team
        and starts.started_day_no + cast(starts.limit_value as bigint) = days.business_day_no
    where starts.unit = 'business_days'

    union all

    select
        starts.*,
        {{ add_microseconds('slots.opens_at', due ~ ' - slots.worked_before') }} as due_at,
        {{ due }} as due_worked
    from starts
    left join slots
        on starts.team = slots.team
        and cast(floor(({{ due }}) / {{ day }}) as bigint) = slots.slot_no
        and {{ due }} > slots.worked_before
        and {{ due }} <= slots.worked_before + slots.open_time
    where starts.unit = 'business_hours'

    union all

    select
        starts.*,
        case
            when unit = 'hours' then {{ add_microseconds('started_at', 'limit_value * 3600000000') }}
            else handed_over_at
        end as due_at,
        cast(null as bigint) as due_worked
    from starts
    where unit in ('hours', 'definition', 'fields')

)

select * from final
