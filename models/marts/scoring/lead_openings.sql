-- Two sentences to open a call with. The third, the question, depends on the framework and is in dim_frameworks.

with moments as (

    select
        *,
        extract(year from occurred_on) as year_no,
        extract(month from occurred_on) as month_no,
        extract(day from occurred_on) as day_no
    from {{ ref('scoring_opening_moments') }}

),

months as (

    select * from {{ ref('code_labels') }}
    where kind = 'month'

),

parts as (

    select {{ part_columns([
        'opening_request', 'opening_seminar', 'opening_content', 'opening_page', 'opening_page_also', 'opening_hearing',
        'opening_survey', 'day_this_year', 'day_other_year'
    ]) }}
    from {{ ref('sentence_parts') }}

),

dated as (

    select
        moments.*,
        {%- for language in languages() %}
        {{ filled(
            'case when moments.year_no = extract(year from ' ~ local_day(as_of()) ~ ') then parts.day_this_year_' ~ language
            ~ ' else parts.day_other_year_' ~ language ~ ' end',
            {
                'year': 'cast(moments.year_no as ' ~ dbt.type_string() ~ ')',
                'day': 'cast(moments.day_no as ' ~ dbt.type_string() ~ ')',
                'month': 'months.label_' ~ language,
            }
        ) }} as day_{{ language }}{{ ',' if not loop.last }}
        {%- endfor %}
    from moments
    cross join parts
    left join months on cast(moments.month_no as {{ dbt.type_string() }}) = months.code

),

told as (

    select
        dated.lead_id,
        dated.kind,
        dated.occurred_on,
        {%- for language in languages() %}
        dated.what_{{ language }},
        {{ filled(
            'case dated.form'
            ~ " when 'request' then parts.opening_request_" ~ language
            ~ " when 'seminar' then parts.opening_seminar_" ~ language
            ~ " when 'content' then parts.opening_content_" ~ language
            ~ " when 'page' then parts.opening_page_" ~ language
            ~ " when 'hearing' then parts.opening_hearing_" ~ language
            ~ " when 'survey' then parts.opening_survey_" ~ language ~ ' end',
            {'day': 'dated.day_' ~ language, 'topic': 'dated.topic_' ~ language, 'what': 'dated.what_' ~ language}
        ) }} as line_{{ language }},
        {{ filled('parts.opening_page_also_' ~ language, {'what': 'dated.what_' ~ language}) }} as also_{{ language }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from dated
    cross join parts

),

leads as (

    select
        lead_id,
        max(case when kind <> 'said' then occurred_on end) as last_seen_on
    from moments
    group by lead_id

),

final as (

    -- one row a lead and kind: side by side by joins, because to pick the longest of texts a lead is slow
    select
        '{{ var("run_id") }}' as run_id,
        leads.lead_id,
        {%- for language in languages() %}
        coalesce(acts.line_{{ language }}, pages.line_{{ language }}) as thanks_{{ language }},
        case
            when said.line_{{ language }} is not null then said.line_{{ language }}
            when acts.line_{{ language }} is not null and pages.what_{{ language }} is distinct from acts.what_{{ language }}
                then pages.also_{{ language }}
        end as bridge_{{ language }},
        {%- endfor %}
        leads.last_seen_on
    from leads
    left join told as acts on leads.lead_id = acts.lead_id and acts.kind = 'act'
    left join told as pages on leads.lead_id = pages.lead_id and pages.kind = 'page'
    left join told as said on leads.lead_id = said.lead_id and said.kind = 'said'

)

select * from final
