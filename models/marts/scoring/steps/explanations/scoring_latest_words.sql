-- The last page, document and answer of a lead, side by side in one text.

{% set kinds = ['web', 'content', 'answer'] %}

with events as (

    select * from {{ ref('scoring_latest_events') }}

),

parts as (

    select {{ part_columns(['latest_web', 'latest_content', 'latest_answer']) }}
    from {{ ref('sentence_parts') }}

),

latest as (

    select
        lead_id,
        {%- for kind in kinds %}
        max(case when kind = '{{ kind }}' then what_ja end) as {{ kind }}_ja,
        max(case when kind = '{{ kind }}' then what_en end) as {{ kind }}_en,
        max(case when kind = '{{ kind }}' then day_text end) as {{ kind }}_day{{ ',' if not loop.last }}
        {%- endfor %}
    from events
    group by lead_id

),

final as (

    select
        latest.lead_id,
        {%- for language in languages() %}
        {%- for kind in kinds %}
        case when latest.{{ kind }}_day is null then '' else
            {{ filled('parts.latest_' ~ kind ~ '_' ~ language, {'day': 'latest.' ~ kind ~ '_day', 'what': 'latest.' ~ kind ~ '_' ~ language}) }}
        end{{ ' ||' if not loop.last }}
        {%- endfor %} as latest_{{ language }}{{ ',' if not loop.last }}
        {%- endfor %}
    from latest
    cross join parts

)

select * from final
