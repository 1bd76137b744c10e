-- What the nearest path of a lead lacks. Activities of a path that asks for attributes are looked at when these are known;
-- until then nobody can say whether they are missing.

with nearest as (

    select * from {{ ref('scoring_nearest_paths') }}

),

signs as (

    select * from {{ ref('scoring_path_signs') }}
    where state = 1

),

criteria as (

    select
        *,
        min(lead_criteria_count) over (partition by question_no) = 0 as is_asked_of_all
    from {{ ref('scoring_criteria') }}

),

definitions as (

    select * from {{ ref('stage_definitions') }}

),

parts as (

    select {{ part_columns(['criterion_not_met', 'criterion_unknown', 'criterion_not_asked', 'item_next', 'items_more']) }}
    from {{ ref('sentence_parts') }}

),

missing as (

    select
        nearest.lead_id,
        definitions.label_ja,
        definitions.label_en,
        case
            when criteria.subject = 'lead' then 'unknown'
            when nearest.unknown_count = 0 or criteria.is_asked_of_all then 'not_met'
            else 'not_asked'
        end as why,
        row_number() over (
            partition by nearest.lead_id
            order by case when criteria.subject = 'lead' then 0 else 1 end, criteria.criterion
        ) as item_no
    from nearest
    inner join criteria
        on nearest.version = criteria.version
        and nearest.path = criteria.path
        and criteria.stage = 'mql'
        and criteria.role = 'enter'
    inner join definitions
        on criteria.version = definitions.version
        and criteria.stage = definitions.stage
        and criteria.path = definitions.path
        and criteria.criterion = definitions.criterion
    left join signs
        on nearest.lead_id = signs.lead_id
        and nearest.path = signs.path
        and criteria.criterion = signs.criterion
    where signs.lead_id is null

),

worded as (

    select
        missing.lead_id,
        missing.item_no,
        {%- for language in languages() %}
        {{ filled(
            "case missing.why when 'unknown' then parts.criterion_unknown_" ~ language
            ~ " when 'not_met' then parts.criterion_not_met_" ~ language
            ~ ' else parts.criterion_not_asked_' ~ language ~ ' end',
            {'label': 'missing.label_' ~ language}
        ) }} as item_{{ language }}{{ ',' if not loop.last }}
        {%- endfor %}
    from missing
    cross join parts

),

per_lead as (

    select
        lead_id,
        {{ item_columns() }}
    from worded
    group by lead_id

),

final as (

    select
        per_lead.lead_id,
        {{ listed('ja') }} as missing_ja,
        {{ listed('en') }} as missing_en
    from per_lead
    cross join parts

)

select * from final
