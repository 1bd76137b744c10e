-- The instants one under the other, each with its place on the working-time clock of the team that has the lead.

{% set moments = handoff_events().items() | list + [
    ('handed_over', 'handed_over_at'), ('qualified', 'qualified_at'), ('disposed', 'disposed_at'),
] %}

with instants as (

    select * from {{ ref('handoff_instants') }}

),

calendar as (

    select * from {{ ref('dim_business_days') }}

),

moments as (

    {%- for event, column in moments %}

    select lead_id, episode_no, team, '{{ event }}' as event, {{ column }} as happened_at
    from instants
    where {{ column }} is not null

    union all
    {%- endfor %}

    select lead_id, episode_no, team, 'as_of' as event, {{ as_of() }} as happened_at
    from instants

),

final as (

    select
        moments.lead_id,
        moments.episode_no,
        moments.team,
        moments.event,
        moments.happened_at,
        {{ business_clock('calendar', 'moments.happened_at') }} as worked,
        {{ business_day_of('calendar', 'moments.happened_at') }} as business_day_no
    from moments
    left join calendar
        on moments.team = calendar.team
        and {{ local_day('moments.happened_at') }} = calendar.day_on

)

select * from final
