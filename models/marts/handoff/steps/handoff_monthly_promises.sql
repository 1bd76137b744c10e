-- The duties that are a figure of the month, as mart_kpis has it: so many records, or such a share. Which figure it is
-- follows from the two stages that the term names.

{% set rates = [] %}
{% for metric, step in metric_steps().items() %}
{% do rates.append("when unit = 'monthly_rate' and from_event = '" ~ step[0] ~ "' and to_event = '" ~ step[1] ~ "' then '" ~ metric ~ "'") %}
{% endfor %}

with terms as (

    select * from {{ ref('sla_terms') }}
    where unit in ('monthly_count', 'monthly_rate')

),

kpis as (

    select * from {{ ref('mart_kpis') }}
    where dimension = 'all'

),

named as (

    select
        terms.*,
        case
            {{ rates | join('\n            ') }}
            when to_event = 'opportunity' then 'opportunities'
            when to_event = 'won' then 'won'
            else to_event || 's'
        end as metric
    from terms

),

final as (

    select
        named.term_id,
        named.duty_of,
        kpis.period,
        kpis.unit,
        kpis.n,
        kpis.k,
        kpis.actual,
        kpis.target,
        kpis.is_mature
    from named
    inner join kpis
        on named.metric = kpis.metric
        and kpis.period >= named.valid_from
        and (kpis.period < named.valid_to or named.valid_to is null)

)

select * from final
