-- Cost items in the base currency, or the reason why one cannot be counted.

with costs as (

    select * from {{ ref('stg_canonical__marketing_costs') }}

),

rates as (

    select * from {{ ref('currency_rates') }}

),

dated as (

    select
        costs.*,
        coalesce(costs.currency, '{{ var("base_currency") }}') as cost_currency,
        coalesce(costs.ends_on, costs.starts_on) as last_on
    from costs

),

final as (

    select
        dated.cost_id,
        lower(dated.channel) as channel,
        dated.campaign,
        dated.content,
        dated.kind,
        dated.starts_on,
        dated.last_on as ends_on,
        case
            when dated.cost_currency = '{{ var("base_currency") }}' then dated.amount
            else cast(round(cast(dated.amount as double) * cast(rates.rate as double), 2) as decimal(18, 2))
        end as amount,
        dated._source,
        dated._file,
        dated._line,
        dated.cost_currency,
        case
            when dated.cost_currency <> '{{ var("base_currency") }}' and rates.rate is null
                then 'quarantined'
            else 'loaded'
        end as row_status
    from dated
    left join rates
        on dated.cost_currency = rates.currency
        and rates.base_currency = '{{ var("base_currency") }}'
        and dated.starts_on >= rates.valid_from
        and (dated.starts_on < rates.valid_to or rates.valid_to is null)

)

select * from final
