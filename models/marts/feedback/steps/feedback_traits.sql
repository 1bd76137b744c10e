-- Traits in long form: one of each kind that an episode has one of, and every content that was read before.

{% set traits = ['channel', 'content', 'industry', 'job_level', 'product', 'top_rule', 'size_band', 'score_band', 'recency_band'] %}

with lead_traits as (

    select * from {{ ref('feedback_lead_traits') }}

),

moments as (

    select * from {{ ref('feedback_moments') }}

),

content_types as (

    {{ types_of_term('content_events') }}

),

activities as (

    select activities.*
    from {{ ref('int_activities') }} as activities
    inner join content_types on activities.activity_type = content_types.activity_type
    where activities.excluded_by is null and activities.content_id is not null

),

final as (

    {%- for trait in traits %}

    select lead_id, episode_no, moment, '{{ trait }}' as trait, {{ trait }} as value
    from lead_traits

    union all
    {%- endfor %}

    select distinct
        moments.lead_id, moments.episode_no, moments.moment, 'content_read' as trait, activities.content_id as value
    from moments
    inner join activities
        on moments.lead_id = activities.lead_id
        and activities.occurred_at <= moments.moment_at

)

select * from final
