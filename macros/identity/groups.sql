{#- CTEs that make groups of what is linked, whichever way the links point: each node takes the smallest label among its
    neighbours, round by round, which is as far as a chain may reach. A round names the one before it once, because
    Spark works out a CTE anew wherever it is named. A group that is not finished after the last round, or that holds two
    whom somebody decided to be different, falls apart as a whole.
    edges  CTE (node, other): every link in both directions, and every node with itself
    apart  CTE (node, other): who must not be together
    Ends in `grouped` (node, group_id, conflict_reason). -#}
{% macro groups_of(edges, apart) -%}
{%- set longest_chain = 8 -%}  {#- links from one end to the other; tools, decisions and their doubles make three or four -#}
round_0 as (

    select distinct
        node,
        node as label
    from {{ edges }}

),
{% for round in range(1, longest_chain + 1) %}
round_{{ round }} as (

    select
        links.node,
        min(previous.label) as label
    from {{ edges }} as links
    inner join round_{{ round - 1 }} as previous on links.other = previous.node
    group by links.node

),
{% endfor %}
contradictions as (

    select
        mine.label,
        'chain_too_long' as conflict_reason
    from {{ edges }} as links
    inner join round_{{ longest_chain }} as mine on links.node = mine.node
    inner join round_{{ longest_chain }} as theirs on links.other = theirs.node
    where mine.label <> theirs.label

    union all

    select
        mine.label,
        'decided_different' as conflict_reason
    from {{ apart }} as pairs
    inner join round_{{ longest_chain }} as mine on pairs.node = mine.node
    inner join round_{{ longest_chain }} as theirs on pairs.other = theirs.node
    where mine.label = theirs.label

),

broken as (

    select
        label,
        max(conflict_reason) as conflict_reason
    from contradictions
    group by label

),

grouped as (

    select
        labelled.node,
        case when broken.label is null then labelled.label else labelled.node end as group_id,
        broken.conflict_reason
    from round_{{ longest_chain }} as labelled
    left join broken on labelled.label = broken.label

)
{%- endmacro %}
