{#- How many take a step, where some chances are still open: the cumulative incidence (Aalen & Johansen 1978), which is
    Kaplan and Meier's estimate where leads can leave by another door. `followed` is a relation of days: per cell
    (columns `keys`) and whole day after the entry, how many took the step (took_count), left by another door
    (ended_count), or are open and have been followed no longer (open_count). Who is open on a day may still take the
    step on it. CTEs at_risk, survivals, increments, curves; rows of `incidences` are cells. -#}
{% macro incidence_curves(followed, keys) -%}
{%- set cell = keys | join(', ') %}
at_risk as (

    select
        {{ cell }},
        day_no,
        took_count,
        ended_count,
        open_count,
        oldest_days,
        took_count + ended_count as leaving_count,
        sum(took_count + ended_count + open_count) over (
            partition by {{ cell }} order by day_no desc rows between unbounded preceding and current row
        ) as risk_count
    from {{ followed }}

),

survivals as (

    -- the share still on its way as the day begins; once all at risk leave on one day no later day has anybody
    select
        at_risk.*,
        exp(coalesce(sum(case
            when leaving_count < risk_count then ln(1 - cast(leaving_count as double) / risk_count)
        end) over (
            partition by {{ cell }} order by day_no rows between unbounded preceding and 1 preceding
        ), cast(0 as double))) as survival
    from at_risk

),

increments as (

    select
        survivals.*,
        sum(survival * took_count / risk_count) over (
            partition by {{ cell }} order by day_no rows between unbounded preceding and current row
        ) as incidence,
        sum(survival * took_count / risk_count) over (partition by {{ cell }}) as final_incidence
    from survivals

),

curves as (

    select
        increments.*,
        final_incidence - incidence as yet_to_come
    from increments

),

summed as (

    select
        {{ cell }},
        cast(sum(leaving_count + open_count) as bigint) as n,
        cast(sum(took_count) as bigint) as k,
        cast(sum(open_count) as bigint) as open_count,
        cast(sum(leaving_count) as bigint) as decided_count,
        max(oldest_days) as oldest_days,
        least(max(final_incidence), cast(1 as double)) as rate,
        {{ incidence_variance() }} as variance,
        {%- for name, share in [('median', 0.5), ('p75', 0.75), ('p90', 0.9)] %}
        cast(min(case when took_count > 0 and incidence >= {{ share }} * final_incidence - 1e-12 then day_no end) as double) as {{ name }}_days{{ ',' if not loop.last }}
        {%- endfor %}
    from curves
    group by {{ cell }}

),

incidences as (

    -- As if so many had been followed to the end as make the interval as wide as it is; where none or all took the step,
    -- only those whose end is known say anything. With nobody open it is n, and the interval Wilson's of k of n.
    select
        summed.*,
        case
            when variance > 1e-15 then least(rate * (1 - rate) / variance, cast(n as double))
            else cast(decided_count as double)
        end as effective_n
    from summed

)
{%- endmacro %}

{#- The variance of a cumulative incidence by the delta method (Marubini & Valsecchi 1995, 10.12). -#}
{% macro incidence_variance() -%}
        sum(case
                when leaving_count < risk_count
                    then yet_to_come * yet_to_come * leaving_count / (cast(risk_count as double) * (risk_count - leaving_count))
                else cast(0 as double)
            end)
        + sum(survival * survival * (risk_count - took_count) * took_count / power(cast(risk_count as double), 3))
        - 2 * sum(yet_to_come * survival * took_count / power(cast(risk_count as double), 2))
{%- endmacro %}
