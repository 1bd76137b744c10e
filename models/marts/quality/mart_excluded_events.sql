-- What the traffic filters changed for whom: the events that they leave out, the points that the rules of the
-- version in force for the lead would have given for them, and the most that the score could have been.

with activities as (

    select * from {{ ref('int_activities') }}
    where excluded_by is not null

),

scores as (

    select * from {{ ref('lead_scores') }}

),

rules as (

    select
        rules.*,
        subject_types.activity_type as fires_on
    from {{ ref('scoring_point_rules') }} as rules
    inner join {{ ref('scoring_subject_types') }} as subject_types on rules.subject = subject_types.subject

),

filters as (

    select * from {{ ref('traffic_filters') }}

),

events as (

    select
        lead_id,
        excluded_by,
        count(*) as event_count,
        min(occurred_at) as first_event_at,
        max(occurred_at) as last_event_at
    from activities
    group by lead_id, excluded_by

),

firings as (

    -- what counts once a day, session, content or lead is counted once here too
    select
        activities.lead_id,
        activities.excluded_by,
        rules.rule_id,
        rules.points,
        count(distinct coalesce({{ distinct_thing('rules.distinct_by') }}, '')) as firing_count
    from activities
    inner join scores on activities.lead_id = scores.lead_id
    inner join rules
        on scores.scorecard_version = rules.version
        and activities.activity_type = rules.fires_on
    where {{ activity_condition('rules') }}
    group by activities.lead_id, activities.excluded_by, rules.rule_id, rules.points

),

points as (

    select
        lead_id,
        excluded_by,
        sum(firing_count) as firing_count,
        sum(firing_count * points) as points_kept_out,
        sum(firing_count * greatest(points, 0)) as gains_kept_out
    from firings
    group by lead_id, excluded_by

),

compared as (

    select
        events.*,
        points.firing_count,
        points.points_kept_out,
        scores.scorecard_version,
        scores.total_score,
        scores.points_to_mql,
        coalesce(sum(points.gains_kept_out) over (partition by events.lead_id), 0) as gains_of_lead
    from events
    inner join scores on events.lead_id = scores.lead_id
    left join points on events.lead_id = points.lead_id and events.excluded_by = points.excluded_by

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        compared.lead_id,
        filters.filter_id,
        compared.scorecard_version,
        filters.label_ja,
        filters.label_en,
        compared.event_count,
        compared.first_event_at,
        compared.last_event_at,
        cast(coalesce(compared.firing_count, 0) as bigint) as firing_count,
        cast(coalesce(compared.points_kept_out, 0) as double) as points_kept_out,
        compared.total_score,
        cast(compared.total_score + compared.gains_of_lead as double) as max_unfiltered_score,
        coalesce(points_to_mql > 0 and gains_of_lead >= points_to_mql, false) as is_kept_from_mql
    from compared
    inner join filters on compared.excluded_by = filters.filter_id

)

select * from final
