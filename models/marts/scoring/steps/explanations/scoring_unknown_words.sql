-- The rules that would give points if what we do not know about the lead were as they hope.

with rules as (

    select * from {{ ref('scoring_rules') }}
    where subject = 'lead' and points > 0

),

lead_versions as (

    select * from {{ ref('scoring_lead_versions') }}

),

lead_conditions as (

    select * from {{ ref('scoring_lead_conditions') }}
    where state is null

),

parts as (

    select {{ part_columns(['unknown_rule', 'item_next', 'items_more']) }}
    from {{ ref('sentence_parts') }}

),

worded_rules as (

    select
        rules.*,
        {%- for language in languages() %}
        {{ filled('parts.unknown_rule_' ~ language, {'points': points_as_text('rules.points'), 'label': 'rules.label_' ~ language}) }} as item_{{ language }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from rules
    cross join parts

),

ranked as (

    select
        lead_conditions.lead_id,
        worded_rules.item_ja,
        worded_rules.item_en,
        row_number() over (
            partition by lead_conditions.lead_id
            order by worded_rules.points desc, worded_rules.rule_id
        ) as item_no
    from worded_rules
    inner join lead_conditions
        on worded_rules.field = lead_conditions.field
        and worded_rules.operator = lead_conditions.operator
        and worded_rules.value is not distinct from lead_conditions.value
    inner join lead_versions
        on lead_conditions.lead_id = lead_versions.lead_id
        and worded_rules.version = lead_versions.version

),

per_lead as (

    select
        lead_id,
        {{ item_columns() }}
    from ranked
    group by lead_id

),

final as (

    select
        per_lead.lead_id,
        {{ listed('ja') }} as unknown_ja,
        {{ listed('en') }} as unknown_en
    from per_lead
    cross join parts

)

select * from final
