-- How long each leg took. It begins at the latest instant before it that is known, so that the legs together are the whole
-- way; a clock that was passed already does not run back, so that none lasts less than nothing.

with clocks as (

    select * from {{ ref('handoff_clocks') }}

),

legs as (

    select 'qualified' as event, 'qualified' as leg, 0 as leg_no
    {%- for leg, event in handoff_legs() %}
    union all
    select '{{ event }}' as event, '{{ leg }}' as leg, {{ loop.index }} as leg_no
    {%- endfor %}

),

passed as (

    select
        clocks.lead_id,
        clocks.episode_no,
        legs.leg,
        legs.leg_no,
        max({{ microseconds('clocks.happened_at') }}) over (
            partition by clocks.lead_id, clocks.episode_no order by legs.leg_no
        ) as elapsed_until,
        max(clocks.worked) over (
            partition by clocks.lead_id, clocks.episode_no order by legs.leg_no
        ) as worked_until
    from clocks
    inner join legs on clocks.event = legs.event

),

final as (

    select
        lead_id,
        episode_no,
        leg,
        {{ as_hours('elapsed_until - lag(elapsed_until) over (partition by lead_id, episode_no order by leg_no)') }} as elapsed_hours,
        {{ as_hours('worked_until - lag(worked_until) over (partition by lead_id, episode_no order by leg_no)') }} as business_hours
    from passed

)

select * from final
