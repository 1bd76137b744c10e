-- The agreement taken apart: what every version says of every thing in it, attribute by attribute, as text. An empty
-- cell that means something is written as what it means, so that only what differs in meaning differs in text.
-- `whole` is there once for each thing: the points of a rule, the value of a condition.

{%- set things = {
    'scorecard': {
        'seed': 'scorecards', 'id': "'score'",
        'attributes': {'total_cap_points': number_as_text('total_cap_points')},
    },
    'rule': {
        'seed': 'scoring_rules', 'id': 'rule_id', 'labels': true, 'whole': number_as_text('points'),
        'attributes': {
            'axis': 'axis', 'subject': 'subject', 'field': 'field', 'operator': 'operator', 'value': value_as_meant('operator', 'value'),
            'points': number_as_text('points'), 'distinct_by': "coalesce(distinct_by, 'event')",
            'cap_points': number_as_text('cap_points'), 'cap_period': 'cap_period',
            'rule_group': 'rule_group', 'group_cap_points': number_as_text('group_cap_points'),
            'decay': "coalesce(decay, 'none')", 'decay_days': number_as_text('decay_days'),
        },
    },
    'criterion': {
        'seed': 'stage_definitions', 'id': "stage || ':' || path || ':' || criterion", 'labels': true, 'whole': value_as_meant('operator', 'value'),
        'stage': 'stage', 'path': 'path',
        'attributes': {
            'role': "coalesce(role, 'enter')", 'subject': 'subject', 'field': 'field', 'operator': 'operator',
            'value': value_as_meant('operator', 'value'), 'min_count': number_as_text('coalesce(min_count, 1)'),
            'distinct_by': "coalesce(distinct_by, 'event')", 'window_days': number_as_text('window_days'),
        },
    },
    'disqualifier': {
        'seed': 'disqualifiers', 'id': 'disqualifier_id', 'labels': true, 'whole': value_as_meant('operator', 'value'),
        'attributes': {
            'subject': 'subject', 'field': 'field', 'operator': 'operator', 'value': value_as_meant('operator', 'value'),
            'is_blocking': "case when blocks_qualification then 'true' else 'false' end",
        },
    },
    'grade': {
        'seed': 'score_grades', 'id': "axis || ':' || grade", 'whole': number_as_text('min_score'),
        'attributes': {'min_score': number_as_text('min_score')},
    },
} %}

with final as (

    {%- for kind, thing in things.items() %}
    {%- set attributes = thing.attributes.items() | list %}
    {%- if thing.whole %}{% do attributes.append(('whole', thing.whole)) %}{% endif %}
    {%- set last_thing = loop.last %}
    {%- for attribute, expression in attributes %}

    select
        version,
        '{{ kind }}' as thing_kind,
        {{ thing.id }} as thing_id,
        {{ thing.stage or 'cast(null as ' ~ dbt.type_string() ~ ')' }} as stage,
        {{ thing.path or 'cast(null as ' ~ dbt.type_string() ~ ')' }} as path,
        '{{ attribute }}' as attribute,
        cast({{ expression }} as {{ dbt.type_string() }}) as said,
        {{ 'label_ja' if thing.labels else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as label_ja,
        {{ 'label_en' if thing.labels else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as label_en,
        {{ 'cast(null as ' ~ dbt.type_string() ~ ')' if kind == 'grade' else 'reason' }} as reason
    from {{ ref(thing.seed) }}
    {%- if not (last_thing and loop.last) %}

    union all
    {%- endif %}
    {%- endfor %}
    {%- endfor %}

)

select * from final
