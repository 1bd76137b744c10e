with elements as (

    select * from {{ ref('frameworks') }}

),

labels as (

    select * from {{ ref('code_labels') }}

),

parts as (

    select {{ part_columns(['opening_ask']) }}
    from {{ ref('sentence_parts') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        elements.framework,
        cast(elements.position as bigint) as position,
        elements.element,
        elements.question,
        elements.is_gate,
        elements.required_for_sql as is_required_for_sql,
        elements.label_ja,
        elements.label_en,
        {%- for language in languages() %}
        coalesce(questions.label_{{ language }}, elements.question) as question_{{ language }},
        coalesce(
            spoken.label_{{ language }},
            {{ filled('parts.opening_ask_' ~ language, {'question': 'coalesce(questions.label_' ~ language ~ ', elements.question)'}) }}
        ) as ask_{{ language }}{{ ',' if not loop.last }}
        {%- endfor %}
    from elements
    cross join parts
    left join labels as questions on questions.kind = 'question' and lower(elements.question) = questions.code
    left join labels as spoken on spoken.kind = 'opening_question' and lower(elements.question) = spoken.code

)

select * from final
