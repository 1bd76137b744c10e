-- What the last page, document and answer of a lead are called, of those that count and have a name. Of two at one
-- instant the one with the higher activity_id speaks.

with activities as (

    select
        *,
        case when event_group in ('survey', 'sales') then 'answer' else event_group end as kind
    from {{ ref('int_activities') }}
    where excluded_by is null
        and (
            (event_group in ('web', 'content') and is_visit)
            or (event_group in ('survey', 'sales') and answer is not null)
        )
        and coalesce(content_name, content_id, url, answer) is not null

),

labels as (

    select * from {{ ref('code_labels') }}

),

parts as (

    select {{ part_columns(['answer_to']) }}
    from {{ ref('sentence_parts') }}

),

newest as (

    select
        lead_id,
        kind,
        max(occurred_at) as occurred_at
    from activities
    group by lead_id, kind

),

named as (

    -- the questions and answers of a hearing are codes
    select
        activities.lead_id,
        activities.kind,
        activities.activity_id,
        cast(activities.occurred_on as {{ dbt.type_string() }}) as day_text,
        {%- for language in languages() %}
        coalesce(questions.label_{{ language }}, activities.content_name, activities.url, activities.content_id, '') as content_{{ language }},
        coalesce(states.label_{{ language }}, activities.answer) as answer_{{ language }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from activities
    inner join newest
        on activities.lead_id = newest.lead_id
        and activities.kind = newest.kind
        and activities.occurred_at = newest.occurred_at
    left join labels as questions
        on questions.kind = 'question'
        and activities.activity_type = 'hearing_answer'
        and lower(activities.content_id) = questions.code
    left join labels as states
        on states.kind = 'answer_state'
        and activities.activity_type = 'hearing_answer'
        and lower(activities.answer) = states.code

),

told as (

    select
        named.*,
        {%- for language in languages() %}
        case
            when named.answer_{{ language }} is null then named.content_{{ language }}
            when named.content_{{ language }} = '' then named.answer_{{ language }}
            else named.content_{{ language }} || {{ filled('parts.answer_to_' ~ language, {'answer': 'named.answer_' ~ language}) }}
        end as what_{{ language }}{{ ',' if not loop.last }}
        {%- endfor %}
    from named
    cross join parts

),

final as (

    select
        lead_id,
        kind,
        max(day_text) as day_text,
        max_by(what_ja, activity_id) as what_ja,
        max_by(what_en, activity_id) as what_en
    from told
    group by lead_id, kind

)

select * from final
