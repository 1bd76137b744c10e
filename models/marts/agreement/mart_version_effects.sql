{%- set measures = {
    'leads': 'count', 'scored_leads': 'count', 'blocked_leads': 'count', 'mql_score': 'points', 'leads_at_mql_score': 'count',
    'mql_leads': 'count', 'mqls': 'count', 'sql_leads': 'count', 'sqls': 'count',
    'p25_score': 'points', 'p50_score': 'points', 'p75_score': 'points', 'p90_score': 'points',
} %}

with pairs as (

    select * from {{ ref('agreement_pairs') }}

),

totals as (

    select * from {{ ref('agreement_version_totals') }}

),

beside as (

    {%- for measure, unit in measures.items() %}

    select
        pairs.from_version,
        pairs.to_version,
        '{{ measure }}' as measure,
        '{{ unit }}' as unit,
        cast(before.{{ measure }} as double) as from_value,
        cast(after.{{ measure }} as double) as to_value
    from pairs
    inner join totals as before on pairs.from_version = before.version
    inner join totals as after on pairs.to_version = after.version
    {%- if not loop.last %}

    union all
    {%- endif %}
    {%- endfor %}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        from_version,
        to_version,
        measure,
        unit,
        from_value,
        to_value,
        to_value - from_value as change_value
    from beside

)

select * from final
