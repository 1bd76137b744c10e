-- The three rules that gave a lead most, with points and times, and the one that took most.

with breakdown as (

    select
        *,
        points > 0 as is_given,
        {{ points_as_text('points') }} as points_text,
        cast(firings as {{ dbt.type_string() }}) as times_text
    from {{ ref('lead_score_breakdown') }}
    where round(points, 1) <> 0

),

parts as (

    select {{ part_columns(['rule_once', 'rule_times', 'rule_taken', 'item_next']) }}
    from {{ ref('sentence_parts') }}

),

worded as (

    select
        breakdown.lead_id,
        breakdown.is_given,
        breakdown.points,
        breakdown.rule_id,
        {%- for language in languages() %}
        {{ filled(
            'case when not breakdown.is_given then parts.rule_taken_' ~ language
            ~ ' when breakdown.firings > 1 then parts.rule_times_' ~ language
            ~ ' else parts.rule_once_' ~ language ~ ' end',
            {'points': 'breakdown.points_text', 'times': 'breakdown.times_text', 'label': 'breakdown.label_' ~ language}
        ) }} as item_{{ language }}{{ ',' if not loop.last }}
        {%- endfor %}
    from breakdown
    cross join parts

),

ranked as (

    {%- set of_a_lead = 'over (partition by lead_id, is_given order by abs(points) desc, rule_id)' %}

    select
        lead_id,
        is_given,
        {%- for language in languages() %}
        item_{{ language }} as first_{{ language }},
        lead(item_{{ language }}, 1) {{ of_a_lead }} as second_{{ language }},
        lead(item_{{ language }}, 2) {{ of_a_lead }} as third_{{ language }},
        {%- endfor %}
        row_number() {{ of_a_lead }} as item_no
    from worded

),

final as (

    select
        ranked.lead_id,
        ranked.is_given,
        {%- for language in languages() %}
        case
            when ranked.is_given then {{ listed(language, says_more=false) }}
            else ranked.first_{{ language }}
        end as words_{{ language }}{{ ',' if not loop.last }}
        {%- endfor %}
    from ranked
    cross join parts
    where ranked.item_no = 1

)

select * from final
