-- Which events are no interest of their lead, and by which filter: of several that hold, the one with the
-- lowest position. The event stays; who scores, qualifies or gives credit reads only those without a filter.

with filters as (

    select * from {{ ref('traffic_filters') }}

),

leads as (

    select * from {{ ref('int_leads') }}

),

matched_leads as (

    select
        leads.lead_id,
        min(filters.position) as position
    from leads
    inner join filters on filters.kind = 'match_lead'
    where {{ condition_state(
        'filters.operator', 'filters.value',
        lead_field_text('filters.field'),
        'try_cast(' ~ lead_field_text('filters.field') ~ ' as double)'
    ) }} = 1
    group by leads.lead_id

),

matches as (

    select
        activities.activity_id,
        matched_leads.position
    from {{ ref('int_activities_resolved') }} as activities
    inner join matched_leads on activities.lead_id = matched_leads.lead_id
    where {{ is_loaded_by_now() }}

    union all

    select activity_id, position
    from ({{ events_seen_by('match_activity', ['activity_id']) }})

    union all

    select activity_id, position
    from {{ ref('int_events_too_soon') }}

    union all

    select activity_id, position
    from {{ ref('int_events_in_bursts') }}

),

firsts as (

    select
        activity_id,
        min(position) as position
    from matches
    group by activity_id

),

final as (

    select
        firsts.activity_id,
        filters.filter_id as excluded_by
    from firsts
    inner join filters on firsts.position = filters.position

)

select * from final
