-- Every code that a page shows, in both languages, so that no page translates data.

with channels as (

    select 'channel' as kind, channel as code, label_ja, label_en
    from {{ ref('channels') }}

),

activity_types as (

    select 'activity_type' as kind, activity_type as code, label_ja, label_en
    from {{ ref('event_types') }}

),

return_reasons as (

    select 'return_reason' as kind, reason_code as code, label_ja, label_en
    from {{ ref('return_reasons') }}

),

traffic_filters as (

    select 'traffic_filter' as kind, filter_id as code, label_ja, label_en
    from {{ ref('traffic_filters') }}

),

words as (

    select kind, code, label_ja, label_en from {{ ref('code_labels') }}
    union all
    select distinct 'model' as kind, model as code, label_ja, label_en
    from {{ ref('attribution_weights') }}

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

    select
        'stage_path' as kind,
        definitions.stage || ':' || definitions.path as code,
        min(definitions.label_ja) as label_ja,
        min(definitions.label_en) as label_en
    from {{ ref('stage_definitions') }} as definitions
    inner join versions on definitions.version = versions.version
    group by definitions.stage, definitions.path

),

labels as (

    select * from channels
    union all
    select * from activity_types
    union all
    select * from return_reasons
    union all
    select * from traffic_filters
    union all
    select * from words
    union all
    select * from disqualifiers
    union all
    select * from rules
    union all
    select * from paths

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
