-- Every event that speaks for a criterion, of a lead that can walk its path. What is counted once (an
-- event, a day, a session, a content) is kept once a day, with its first and last moment of that day.

with criteria as (

    select * from {{ ref('scoring_criteria') }}

),

subject_types as (

    select * from {{ ref('scoring_subject_types') }}

),

activities as (

    select * from {{ ref('int_activities') }}

),

stage_changes as (

    select * from {{ ref('int_stage_changes') }}

),

eligible as (

    select * from {{ ref('scoring_eligible_leads') }}

),

blocked as (

    select * from {{ ref('scoring_blocked_leads') }}

),

typed_criteria as (

    select
        criteria.*,
        subject_types.activity_type as shown_by
    from criteria
    inner join subject_types on criteria.subject = subject_types.subject

),

events as (

    select
        typed_criteria.version,
        typed_criteria.stage,
        typed_criteria.path,
        typed_criteria.criterion,
        typed_criteria.lead_criteria_count,
        activities.lead_id,
        activities.occurred_at,
        activities.occurred_on,
        case typed_criteria.distinct_by
            when 'day' then cast(activities.occurred_on as {{ dbt.type_string() }})
            when 'session' then coalesce(activities.session_id, cast(activities.occurred_on as {{ dbt.type_string() }}))
            when 'content' then coalesce(activities.content_id, activities.content_name, activities.url)
            else activities.activity_id
        end as distinct_key
    from activities
    inner join typed_criteria on activities.activity_type = typed_criteria.shown_by
    where {{ condition_state(
        'typed_criteria.operator', 'typed_criteria.value',
        activity_field_text('typed_criteria.field'),
        'try_cast(' ~ activity_field_text('typed_criteria.field') ~ ' as double)'
    ) }} = 1

    union all

    select
        criteria.version,
        criteria.stage,
        criteria.path,
        criteria.criterion,
        criteria.lead_criteria_count,
        stage_changes.lead_id,
        stage_changes.changed_at as occurred_at,
        {{ local_day('stage_changes.changed_at') }} as occurred_on,
        cast(stage_changes.changed_at as {{ dbt.type_string() }}) as distinct_key
    from stage_changes
    inner join criteria
        on criteria.subject = 'stage_change'
        and {{ in_list('stage_changes.to_stage', 'criteria.value') }}
    where stage_changes.entity = 'lead'

),

final as (

    select
        events.version, events.stage, events.path, events.criterion,
        events.lead_id, events.distinct_key, events.occurred_on,
        min(events.occurred_at) as first_at,
        max(events.occurred_at) as last_at
    from events
    left join blocked on events.lead_id = blocked.lead_id
    left join eligible
        on events.lead_id = eligible.lead_id
        and events.version = eligible.version
        and events.stage = eligible.stage
        and events.path = eligible.path
    where blocked.lead_id is null
        and (events.lead_criteria_count = 0 or eligible.lead_id is not null)
    group by
        events.version, events.stage, events.path, events.criterion,
        events.lead_id, events.distinct_key, events.occurred_on

)

select * from final
