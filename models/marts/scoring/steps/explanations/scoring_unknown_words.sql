-- The rules that would give points if what we do not know about the lead were as they hope, the most first.

with unknown as (

    select * from {{ ref('scoring_unknown_rules') }}

),

labels as (

    select version, rule_id, label_ja, label_en
    from {{ ref('scoring_rules') }}

),

parts as (

    select {{ part_columns(['unknown_rule', 'item_next', 'items_more']) }}
    from {{ ref('sentence_parts') }}

),

rules as (

    -- put into words once a rule, not once a lead
    select distinct version, rule_id, could_give
    from unknown

),

worded_rules as (

    select
        rules.version,
        rules.rule_id,
        {%- for language in languages() %}
        {{ filled('parts.unknown_rule_' ~ language, {'points': points_as_text('rules.could_give'), 'label': 'labels.label_' ~ language}) }} as item_{{ language }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from rules
    inner join labels
        on rules.version = labels.version
        and rules.rule_id = labels.rule_id
    cross join parts

),

ranked as (

    select
        unknown.lead_id,
        worded_rules.item_ja,
        worded_rules.item_en,
        row_number() over (
            partition by unknown.lead_id
            order by unknown.could_give desc, unknown.rule_id
        ) as item_no
    from unknown
    inner join worded_rules
        on unknown.version = worded_rules.version
        and unknown.rule_id = worded_rules.rule_id

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
