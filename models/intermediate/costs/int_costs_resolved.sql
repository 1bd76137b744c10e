-- Cost items in the base currency, or the reason why one cannot be counted.

with {{ copies_numbered(ref('int_cost_rows'), ['cost_id'], 'staged.starts_on') }},

rates as (

    select * from {{ ref('currency_rates') }}

),

dated as (

    select
        numbered.*,
        coalesce(numbered.currency, '{{ var("base_currency") }}') as cost_currency,
        coalesce(numbered.ends_on, numbered.starts_on) as last_on
    from numbered

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
        dated._table,
        dated._source,
        dated._file,
        dated._line,
        case
            when dated.broken_rule is not null then 'quarantined'
            when dated.copy_no > 1 then 'duplicate'
            when dated.cost_currency <> '{{ var("base_currency") }}' and rates.rate is null then 'quarantined'
            else 'loaded'
        end as row_status,
        coalesce(dated.broken_rule, 'currency_rate_missing') as broken_rule,
        coalesce(dated.broken_column, 'currency') as broken_column,
        case when dated.broken_rule is null then dated.cost_currency else dated.broken_value end as broken_value
    from dated
    left join rates
        on dated.cost_currency = rates.currency
        and rates.base_currency = '{{ var("base_currency") }}'
        and dated.starts_on >= rates.valid_from
        and (dated.starts_on < rates.valid_to or rates.valid_to is null)

)

select * from final
