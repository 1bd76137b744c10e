-- What each version says of the leads that it is for: who qualifies over all of history, and the scores at as_of.

with versions as (

    select * from {{ ref('scoring_versions') }}

),

lead_segments as (

    select * from {{ ref('scoring_lead_segments') }}

),

ledger as (

    select * from {{ ref('fct_score_ledger') }}

),

blocked_leads as (

    select * from {{ ref('scoring_blocked_leads') }}

),

sums as (

    select
        scorecard_version as version,
        lead_id,
        sum({{ decayed_points('points', 'decay', 'decay_days', 'occurred_at', as_of()) }}) as total_score
    from ledger
    group by scorecard_version, lead_id

),

scores as (

    -- compared at nine decimals, as everywhere
    select
        versions.version,
        coalesce(round(sums.total_score, 9), 0) as total_score,
        case when sums.lead_id is not null then 1 end as scored_flag,
        case when blocked_leads.lead_id is not null then 1 end as blocked_flag,
        versions.mql_score
    from versions
    inner join lead_segments on versions.segment = lead_segments.segment
    left join sums on versions.version = sums.version and lead_segments.lead_id = sums.lead_id
    left join blocked_leads on versions.version = blocked_leads.version and lead_segments.lead_id = blocked_leads.lead_id

),

score_totals as (

    select
        version,
        count(*) as leads,
        count(scored_flag) as scored_leads,
        count(blocked_flag) as blocked_leads,
        max(mql_score) as mql_score,
        case when max(mql_score) is not null then count(case when total_score >= mql_score then 1 end) end as leads_at_mql_score,
        {%- for percent in [25, 50, 75, 90] %}
        percentile_cont({{ percent / 100 }}) within group (order by total_score) as p{{ percent }}_score{{ ',' if not loop.last }}
        {%- endfor %}
    from scores
    group by version

),

stage_totals as (

    select
        version,
        {%- for stage in ['mql', 'sql'] %}
        count(case when stage = '{{ stage }}' then 1 end) as {{ stage }}_leads,
        sum(case when stage = '{{ stage }}' then episode_count else 0 end) as {{ stage }}s{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('agreement_replays') }}
    group by version

),

final as (

    select
        versions.version,
        score_totals.mql_score,
        score_totals.leads_at_mql_score,
        {%- for count in ['leads', 'scored_leads', 'blocked_leads'] %}
        coalesce(score_totals.{{ count }}, 0) as {{ count }},
        {%- endfor %}
        {%- for count in ['mql_leads', 'mqls', 'sql_leads', 'sqls'] %}
        coalesce(stage_totals.{{ count }}, 0) as {{ count }},
        {%- endfor %}
        {%- for percent in [25, 50, 75, 90] %}
        score_totals.p{{ percent }}_score{{ ',' if not loop.last }}
        {%- endfor %}
    from versions
    left join score_totals on versions.version = score_totals.version
    left join stage_totals on versions.version = stage_totals.version

)

select * from final
