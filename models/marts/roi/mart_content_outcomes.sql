-- What goes together with meeting a content. Of those who reached the stage before (MQL for SQL, SQL for opportunity,
-- opportunity for won) had some met it before they did: exposure is never later than the start, so that nobody
-- counts as exposed because a success gave them time to read on. Only starts that are ripe are counted.
-- Who reads a price list chose to: a lift is no effect.

with journeys as (

    select * from {{ ref('fct_lead_journeys') }}

),

activities as (

    select
        activities.lead_id,
        coalesce(activities.content_id, activities.content_name) as content,
        min(activities.occurred_at) as met_at,
        max(activities.content_name) as content_name,
        max(activities.content_type) as content_type
    from {{ ref('int_activities') }} as activities
    where activities.excluded_by is null
        and (activities.is_visit or activities.is_touch or activities.activity_type = 'video_view')
        and coalesce(activities.content_id, activities.content_name) is not null
    group by activities.lead_id, coalesce(activities.content_id, activities.content_name)

),

ripening as (

    select * from {{ ref('funnel_ripening') }}

),

starts as (

    {%- for outcome, from_stage in content_outcomes().items() %}
    select
        '{{ outcome }}' as outcome,
        '{{ from_stage }}' as from_stage,
        lead_id,
        episode_no,
        {{ from_stage }}_at as started_at,
        case when {{ outcome }}_at is not null then 1 else 0 end as is_reached
    from journeys
    -- who came to both at one instant skipped the stage: what they did then is the outcome itself
    where {{ from_stage }}_at is not null and {{ outcome }}_at is distinct from {{ from_stage }}_at
    {%- if not loop.last %}
    union all
    {%- endif -%}
    {%- endfor %}

),

ripe as (

    select starts.*
    from starts
    inner join ripening
        on starts.from_stage = ripening.from_stage
        and starts.outcome = ripening.to_stage
    where {{ days_between('starts.started_at', as_of()) }} >= ripening.p90_days

),

bases as (

    select outcome, from_stage, count(*) as base_n, sum(is_reached) as base_k
    from ripe
    group by outcome, from_stage

),

counted as (

    select
        ripe.outcome,
        activities.content,
        max(activities.content_name) as content_name,
        max(activities.content_type) as content_type,
        count(*) as n,
        sum(ripe.is_reached) as k
    from ripe
    inner join activities
        on ripe.lead_id = activities.lead_id
        and activities.met_at <= ripe.started_at
    group by ripe.outcome, activities.content

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        counted.content,
        counted.outcome,
        bases.from_stage,
        counted.content_name,
        counted.content_type,
        {{ outcome_columns() }}
    from counted
    inner join bases on counted.outcome = bases.outcome

)

select * from final
