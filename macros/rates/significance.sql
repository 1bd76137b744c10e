{#- The two-sided p-value of a normal deviate: erfc(|z| / sqrt(2)), by the rational Chebyshev fit of Numerical Recipes
    (erfcc), whose relative error is below 1.2e-7 everywhere. Neither engine has erfc; both have exp. -#}
{% macro two_sided_p(z) -%}
    {%- set x = '(abs(' ~ z ~ ') / sqrt(cast(2 as double)))' -%}
    {%- set t = '(cast(1 as double) / (cast(1 as double) + ' ~ x ~ ' / cast(2 as double)))' -%}
    {%- set fit = namespace(text='cast(0 as double)') -%}
    {%- for coefficient in [
        '0.17087277', '-0.82215223', '1.48851587', '-1.13520398', '0.27886807',
        '-0.18628806', '0.09678418', '0.37409196', '1.00002368', '-1.26551223'
    ] -%}
        {%- set fit.text = '(cast(' ~ coefficient ~ ' as double) + ' ~ t ~ ' * ' ~ fit.text ~ ')' -%}
    {%- endfor -%}
    least(cast(1 as double), {{ t }} * exp({{ fit.text }} - {{ x }} * {{ x }}))
{%- endmacro %}

{#- The deviate of k of n beside all the others of base_k of base_n: the root of the "N - 1" chi-square of the fourfold
    table (E. Pearson 1947; Campbell 2007 finds it sound where every expected count is 1 or more). NULL where one is
    below 1: there a normal approximation says nothing. -#}
{% macro deviate_from_rest(k, n, base_k, base_n) -%}
    {%- set kd = 'cast(' ~ k ~ ' as double)' -%}
    {%- set nd = 'cast(' ~ n ~ ' as double)' -%}
    {%- set bk = 'cast(' ~ base_k ~ ' as double)' -%}
    {%- set bn = 'cast(' ~ base_n ~ ' as double)' -%}
    case
        when least({{ nd }}, {{ bn }} - {{ nd }}) * least({{ bk }}, {{ bn }} - {{ bk }}) >= {{ bn }} and {{ bn }} > 0
            then ({{ kd }} * {{ bn }} - {{ nd }} * {{ bk }}) * sqrt(
                ({{ bn }} - 1) / ({{ nd }} * ({{ bn }} - {{ nd }}) * {{ bk }} * ({{ bn }} - {{ bk }}))
            )
    end
{%- endmacro %}

{#- CTEs with_rank and with_q over `relation`: Benjamini and Hochberg's adjusted p-value of each row among those of its
    family (1995): the least p * m / rank of this row and of all with a larger p. Equal p share the last of their ranks;
    rows without a p are not among the m. -#}
{% macro false_discovery_rates(relation, family, p) -%}
with_rank as (

    select
        {{ relation }}.*,
        count({{ p }}) over (partition by {{ family }}) as tests,
        count({{ p }}) over (
            partition by {{ family }} order by {{ p }} nulls last
            range between unbounded preceding and current row
        ) as p_rank
    from {{ relation }}

),

with_q as (

    select
        with_rank.*,
        case
            when {{ p }} is not null then min(
                case when {{ p }} is not null then least(cast(1 as double), {{ p }} * tests / p_rank) end
            ) over (
                partition by {{ family }} order by {{ p }} desc nulls first
                range between unbounded preceding and current row
            )
        end as q_value
    from with_rank

)
{%- endmacro %}
