{%- set outcomes = ['sql', 'won', 'lost', 'returned'] %}
{%- set groups = ['before', 'after', 'kept', 'gained', 'dropped'] %}

with pairs as (

    select * from {{ ref('agreement_pairs') }}

),

mql_sums as (

    select
        version,
        count(*) as n
        {%- for outcome in outcomes %},
        count(case when is_{{ outcome }} then 1 end) as {{ outcome }}_k
        {%- endfor %}
    from {{ ref('agreement_replays') }}
    where stage = 'mql'
    group by version

),

move_sums as (

    select
        from_version,
        to_version,
        movement,
        count(*) as n
        {%- for outcome in outcomes %},
        count(case when is_{{ outcome }} then 1 end) as {{ outcome }}_k
        {%- endfor %}
    from {{ ref('mart_version_moves') }}
    group by from_version, to_version, movement

),

beside as (

    select
        pairs.from_version,
        pairs.to_version
        {%- for count in ['n', 'sql_k', 'won_k', 'lost_k', 'returned_k'] %},
        coalesce(before.{{ count }}, 0) as before_{{ count }},
        coalesce(after.{{ count }}, 0) as after_{{ count }},
        coalesce(gained.{{ count }}, 0) as gained_{{ count }},
        coalesce(dropped.{{ count }}, 0) as dropped_{{ count }},
        coalesce(before.{{ count }}, 0) - coalesce(dropped.{{ count }}, 0) as kept_{{ count }}
        {%- endfor %}
    from pairs
    left join mql_sums as before on pairs.from_version = before.version
    left join mql_sums as after on pairs.to_version = after.version
    {%- for movement in ['gained', 'dropped'] %}
    left join move_sums as {{ movement }}
        on pairs.from_version = {{ movement }}.from_version
        and pairs.to_version = {{ movement }}.to_version
        and {{ movement }}.movement = '{{ movement }}'
    {%- endfor %}

),

cells as (

    {%- for lead_group in groups %}
    {%- set last_group = loop.last %}
    {%- for outcome in outcomes %}
    select
        from_version, to_version, '{{ lead_group }}' as lead_group, '{{ outcome }}' as outcome,
        {{ lead_group }}_n as n, {{ lead_group }}_{{ outcome }}_k as k,
        {{ 'kept_n' if lead_group in ['gained', 'dropped'] else 'cast(0 as bigint)' }} as beside_n,
        kept_{{ outcome }}_k as beside_k
    from beside
    {%- if not (last_group and loop.last) %}
    union all
    {%- endif %}
    {%- endfor %}
    {%- endfor %}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        from_version,
        to_version,
        lead_group,
        outcome,
        cast(n as bigint) as n,
        cast(k as bigint) as k,
        {{ rate('k', 'n') }} as rate,
        {{ wilson_low('k', 'n') }} as ci_low,
        {{ wilson_high('k', 'n') }} as ci_high,
        ({{ rate('k', 'n') }}) - ({{ rate('beside_k', 'beside_n') }}) as diff_value,
        {{ newcombe_low('k', 'n', 'beside_k', 'beside_n') }} as diff_low,
        {{ newcombe_high('k', 'n', 'beside_k', 'beside_n') }} as diff_high
    from cells

)

select * from final
