-- The three rules that gave a lead most, with points and times, and the one that took most.

with breakdown as (

    select * from {{ ref('lead_score_breakdown') }}
    where round(points, 1) <> 0

),

parts as (

    select {{ part_columns(['rule_once', 'rule_times', 'rule_taken', 'item_next']) }}
    from {{ ref('sentence_parts') }}

),

ranked as (

    select
        lead_id,
        label_ja,
        label_en,
        points,
        firings,
        row_number() over (partition by lead_id order by points desc, rule_id) as given_no,
        row_number() over (partition by lead_id order by points, rule_id) as taken_no
    from breakdown

),

told as (

    select
        *,
        {{ points_as_text('points') }} as points_text,
        cast(firings as {{ dbt.type_string() }}) as times_text
    from ranked
    where points > 0 and given_no <= 3
        or points < 0 and taken_no = 1

),

worded as (

    select
        told.lead_id,
        {%- for language in languages() %}
        case when told.points > 0 then
            {{ filled(
                'case when told.firings > 1 then parts.rule_times_' ~ language ~ ' else parts.rule_once_' ~ language ~ ' end',
                {'points': 'told.points_text', 'times': 'told.times_text', 'label': 'told.label_' ~ language}
            ) }}
        end as item_{{ language }},
        case when told.points < 0 then
            {{ filled('parts.rule_taken_' ~ language, {'points': 'told.points_text', 'label': 'told.label_' ~ language}) }}
        end as taken_{{ language }},
        {%- endfor %}
        case when told.points > 0 then told.given_no end as item_no
    from told
    cross join parts

),

per_lead as (

    select
        lead_id,
        max(taken_ja) as taken_ja,
        max(taken_en) as taken_en,
        {{ item_columns() }}
    from worded
    group by lead_id

),

final as (

    select
        per_lead.lead_id,
        {%- for language in languages() %}
        {{ listed(language, says_more=false) }} as reasons_{{ language }},
        {%- endfor %}
        per_lead.taken_ja,
        per_lead.taken_en
    from per_lead
    cross join parts

)

select * from final
