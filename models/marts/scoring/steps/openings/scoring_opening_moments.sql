-- What a call can begin with: the last thing a lead did by itself and under its name, the last page it saw, and the last
-- thing it said. Only what counts and has a name; of two at one instant the higher activity_id speaks.

with activities as (

    select
        *,
        case
            when activity_type = 'hearing_answer' then 'hearing'
            when event_group = 'survey' then 'survey'
            when event_group = 'web' and is_visit then 'page'
            when event_group = 'web' then 'request'
            when event_group = 'event' then 'seminar'
            else 'content'
        end as form
    from {{ ref('int_activities') }}
    where excluded_by is null
        and (
            (event_group = 'web' and not is_visit and is_touch)
            or (event_group in ('web', 'content') and is_visit and content_name is not null)
            or (event_group = 'event' and is_touch and content_name is not null)
            or (event_group = 'survey' and answer is not null)
            or (activity_type = 'hearing_answer' and {{ is_known_state('lower(answer)') }})
        )

),

moments as (

    select
        *,
        case when form = 'page' then 'page' when form in ('hearing', 'survey') then 'said' else 'act' end as kind
    from activities

),

newest as (

    select
        lead_id,
        kind,
        max(occurred_at) as occurred_at
    from moments
    group by lead_id, kind

),

numbered as (

    select
        moments.*,
        row_number() over (partition by moments.lead_id, moments.kind order by moments.activity_id desc) as place
    from moments
    inner join newest
        on moments.lead_id = newest.lead_id
        and moments.kind = newest.kind
        and moments.occurred_at = newest.occurred_at

),

labels as (

    select * from {{ ref('code_labels') }}

),

final as (

    select
        numbered.lead_id,
        numbered.kind,
        numbered.form,
        numbered.occurred_on,
        {%- for language in languages() %}
        case
            when numbered.form = 'hearing'
                then coalesce(topics.label_{{ language }}, questions.label_{{ language }}, numbered.content_id, '')
            when numbered.form = 'survey' then coalesce(numbered.content_name, types.label_{{ language }}, '')
        end as topic_{{ language }},
        case
            when numbered.form = 'hearing' then coalesce(numbered.content_name, states.label_{{ language }}, numbered.answer)
            when numbered.form = 'survey' then numbered.answer
            when numbered.form = 'request' then coalesce(types.label_{{ language }}, numbered.content_name, numbered.activity_type)
            else numbered.content_name
        end as what_{{ language }}{{ ',' if not loop.last }}
        {%- endfor %}
    from numbered
    left join {{ ref('event_types') }} as types on numbered.activity_type = types.activity_type
    left join labels as topics on topics.kind = 'opening_topic' and lower(numbered.content_id) = topics.code
    left join labels as questions on questions.kind = 'question' and lower(numbered.content_id) = questions.code
    left join labels as states on states.kind = 'answer_state' and lower(numbered.answer) = states.code
    where numbered.place = 1

)

select * from final
