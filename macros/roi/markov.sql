{#- How many channels the Markov chain tells apart, in three models of eight; the rarest beyond that share one state. -#}
{% macro markov_states() %}
    {{ return(24) }}
{% endmacro %}

{#- One step of the elimination: chain_<state> is the chain before it without one state, whose traffic is handed on to where it
    would have gone in the end. A state that is not there changes nothing. Each step names the one before once:
    an engine that writes CTEs out where they are named would otherwise write out 2^24. The rows of the state stay: nobody
    reads them. -#}
{% macro without_state(state) -%}
chain_{{ state }} as (

    select
        removed_state,
        from_state,
        to_state,
        p + coalesce(into_p * out_p / (1 - stay_p), cast(0 as double)) as p
    from (
        select
            removed_state,
            from_state,
            to_state,
            p,
            max(case when to_state = {{ state }} then p end) over (partition by removed_state, from_state) as into_p,
            max(case when from_state = {{ state }} then p end) over (partition by removed_state, to_state) as out_p,
            max(case when from_state = {{ state }} and to_state = {{ state }} then p end)
                over (partition by removed_state) as stay_p
        from chain_{{ state - 1 }}
    ) as seen

)
{%- endmacro %}
