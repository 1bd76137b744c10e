-- Every code that a page shows, in both languages, so that no page translates data.

{% set coded = [
    ('channel', 'channels', 'channel'),
    ('activity_type', 'event_types', 'activity_type'),
    ('return_reason', 'return_reasons', 'reason_code'),
    ('traffic_filter', 'traffic_filters', 'filter_id'),
    ('handoff_field', 'handoff_fields', 'field'),
    ('segment', 'segments', 'segment'),
    ('model', 'attribution_weights', 'model'),
] %}

with coded as (

    {%- for kind, seed, column in coded %}

    select distinct '{{ kind }}' as kind, {{ column }} as code, label_ja, label_en
    from {{ ref(seed) }}
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}

),

words as (

    select kind, code, label_ja, label_en from {{ ref('code_labels') }}
    union all
    select trait as kind, band as code, label_ja, label_en from {{ ref('trait_bands') }}

),

versions as (

    select distinct version
    from {{ ref('scoring_windows') }}
    where from_at <= {{ as_of() }} and to_at > {{ as_of() }}

),

disqualifiers as (

    select
        'disqualifier' as kind,
        disqualifiers.disqualifier_id as code,
        min(disqualifiers.label_ja) as label_ja,
        min(disqualifiers.label_en) as label_en
    from {{ ref('disqualifiers') }} as disqualifiers
    inner join versions on disqualifiers.version = versions.version
    group by disqualifiers.disqualifier_id

),

rules as (

    select
        'rule' as kind,
        rules.rule_id as code,
        min(rules.label_ja) as label_ja,
        min(rules.label_en) as label_en
    from {{ ref('scoring_rules') }} as rules
    inner join versions on rules.version = versions.version
    group by rules.rule_id

),

paths as (

    -- A path reads as its criteria in the order of the seed's names; one criterion is the common case.
    select
        'stage_path' as kind,
        definitions.stage || ':' || definitions.path as code,
        min(definitions.label_ja) as label_ja,
        min(definitions.label_en) as label_en
    from {{ ref('stage_definitions') }} as definitions
    inner join versions on definitions.version = versions.version
    group by definitions.stage, definitions.path

),

sla_terms as (

    select 'sla_term' as kind, term_id as code, label_ja, label_en
    from {{ ref('sla_terms') }}
    qualify row_number() over (partition by term_id order by valid_from desc) = 1

),

labels as (

    select * from coded
    union all
    select * from words
    union all
    select * from disqualifiers
    union all
    select * from rules
    union all
    select * from paths
    union all
    select * from sla_terms

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        kind,
        code,
        label_ja,
        label_en,
        cast(row_number() over (partition by kind order by code) as int) as sort_order
    from labels

)

select * from final
