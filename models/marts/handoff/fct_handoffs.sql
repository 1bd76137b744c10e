-- A hand-over with its six instants and the five legs between them, in elapsed and in working time.

with instants as (

    select * from {{ ref('handoff_instants') }}

),

leg_times as (

    select * from {{ ref('handoff_leg_times') }}

),

legs as (

    select
        lead_id,
        episode_no
        {%- for leg, event in handoff_legs() %},
        max(case when leg = '{{ leg }}' then elapsed_hours end) as {{ leg }}_hours,
        max(case when leg = '{{ leg }}' then business_hours end) as {{ leg }}_business_hours
        {%- endfor %}
    from leg_times
    group by lead_id, episode_no

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        instants.lead_id,
        instants.episode_no,
        instants.handed_over_at,
        {{ local_month('instants.handed_over_at') }} as period,
        instants.qualified_at,
        instants.listed_at,
        instants.synced_at,
        instants.assigned_at,
        instants.first_contact_at,
        instants.disposed_at,
        case
            when instants.disposed_at = instants.opportunity_at then 'opportunity'
            when instants.disposed_at is not null then 'returned'
        end as disposition,
        instants.owner_id,
        instants.team,
        cast(instants.score as double) as score,
        instants.seen_handed_over_at is null as is_handoff_derived,
        instants.is_sync_derived,
        instants.is_contact_unrecorded and instants.first_contact_at is not null as is_first_contact_derived,
        coalesce(instants.first_contact_at < instants.handed_over_at, false) as is_contacted_before,
        {{ weekday(local_day('instants.handed_over_at')) }} as handed_over_weekday,
        {{ local_hour('instants.handed_over_at') }} as handed_over_hour,
        {{ weekday(local_day('instants.first_contact_at')) }} as contact_weekday,
        {{ local_hour('instants.first_contact_at') }} as contact_hour
        {%- for leg, event in handoff_legs() %},
        cast(legs.{{ leg }}_hours as double) as {{ leg }}_hours,
        cast(legs.{{ leg }}_business_hours as double) as {{ leg }}_business_hours
        {%- endfor %}
    from instants
    left join legs
        on instants.lead_id = legs.lead_id
        and instants.episode_no = legs.episode_no

)

select * from final
