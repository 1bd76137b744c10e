-- The score of every lead in words: why, what is unknown, what is missing to an MQL, what was lost.

with scores as (

    select * from {{ ref('lead_scores') }}

),

parts as (

    select {{ part_columns([
        'score_for', 'score_for_nothing', 'sentence_end', 'unknown', 'missing_points', 'missing_next_points', 'missing_path',
        'missing_path_also', 'missing_all', 'missing_excluded', 'lost', 'lost_to_cap', 'lost_to_decay', 'item_next'
    ]) }}
    from {{ ref('sentence_parts') }}

),

lost as (

    select
        lead_id,
        sum(points_lost_to_cap) as points_lost_to_cap,
        sum(points_lost_to_decay) as points_lost_to_decay
    from {{ ref('lead_score_breakdown') }}
    group by lead_id

),

told as (

    select
        scores.lead_id,
        scores.scorecard_version,
        scores.total_score,
        {{ points_as_text('scores.total_score') }} as total_text,
        scores.stage in ('lead', 'returned') as is_before_mql,
        blocked.lead_id is not null as is_excluded,
        {{ points_as_text('scores.points_to_mql') }} as points_text,
        case when round(lost.points_lost_to_cap, 1) > 0 then {{ points_as_text('lost.points_lost_to_cap') }} end as cap_text,
        case when round(lost.points_lost_to_decay, 1) > 0 then {{ points_as_text('lost.points_lost_to_decay') }} end as decay_text,
        coalesce(lost.points_lost_to_cap, 0) as points_lost_to_cap,
        coalesce(lost.points_lost_to_decay, 0) as points_lost_to_decay,
        {%- for language in languages() %}
        given.words_{{ language }} as reasons_{{ language }},
        coalesce(taken.words_{{ language }}, '') || coalesce(latest.latest_{{ language }}, '') as more_{{ language }},
        unknown.unknown_{{ language }},
        missing.missing_{{ language }}{{ ',' if not loop.last }}
        {%- endfor %}
    from scores
    left join lost on scores.lead_id = lost.lead_id
    left join {{ ref('scoring_blocked_leads') }} as blocked
        on scores.lead_id = blocked.lead_id
        and scores.scorecard_version = blocked.version
    left join {{ ref('scoring_reason_words') }} as given on scores.lead_id = given.lead_id and given.is_given
    left join {{ ref('scoring_reason_words') }} as taken on scores.lead_id = taken.lead_id and not taken.is_given
    left join {{ ref('scoring_latest_words') }} as latest on scores.lead_id = latest.lead_id
    left join {{ ref('scoring_unknown_words') }} as unknown on scores.lead_id = unknown.lead_id
    left join {{ ref('scoring_missing_words') }} as missing on scores.lead_id = missing.lead_id

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        told.lead_id,
        told.scorecard_version,
        {%- for language in languages() %}
        {%- set end = 'parts.sentence_end_' ~ language %}
        {%- set missing = 'told.missing_' ~ language %}
        case
            when told.reasons_{{ language }} is null
                then {{ filled('parts.score_for_nothing_' ~ language, {'total': 'told.total_text'}) }}
            else {{ filled('parts.score_for_' ~ language, {'total': 'told.total_text', 'items': 'told.reasons_' ~ language}) }}
        end || told.more_{{ language }} || {{ end }} as why_{{ language }},
        case
            when told.unknown_{{ language }} is not null
                then {{ filled('parts.unknown_' ~ language, {'items': 'told.unknown_' ~ language}) }} || {{ end }}
        end as unknown_{{ language }},
        case
            when not told.is_before_mql then null
            when told.is_excluded then parts.missing_excluded_{{ language }}
            when told.points_text is null and {{ missing }} is null then parts.missing_all_{{ language }}
            when told.points_text is null then {{ filled('parts.missing_path_' ~ language, {'items': missing}) }}
            else
                case
                    when told.points_text = '0' then parts.missing_next_points_{{ language }}
                    else {{ filled('parts.missing_points_' ~ language, {'points': 'told.points_text'}) }}
                end
                || case
                    when {{ missing }} is null then ''
                    else {{ filled('parts.missing_path_also_' ~ language, {'items': missing}) }}
                end
        end || {{ end }} as missing_{{ language }},
        case
            when told.cap_text is not null or told.decay_text is not null
                then {{ filled('parts.lost_' ~ language, {'items': lost_items(language)}) }} || {{ end }}
        end as lost_{{ language }},
        {%- endfor %}
        cast(told.points_lost_to_cap as double) as points_lost_to_cap,
        cast(told.points_lost_to_decay as double) as points_lost_to_decay,
        told.total_score
    from told
    cross join parts

)

select * from final
