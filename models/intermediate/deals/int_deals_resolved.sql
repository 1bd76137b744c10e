-- Every deal with its lead after merges and its amount in the base currency, or the reason
-- why it cannot be counted. A deal without a lead is a deal: it is booked, and unattributed.

with {{ copies_numbered(ref('int_deal_rows'), ['deal_id'], 'coalesce(staged.updated_at, staged.closed_at, staged.created_at)') }},

lead_ids as (

    select * from {{ ref('int_lead_ids') }}
    where is_kept

),

rates as (

    select * from {{ ref('currency_rates') }}

),

dated as (

    select
        numbered.*,
        coalesce(numbered.currency, '{{ var("base_currency") }}') as deal_currency,
        {{ local_day('coalesce(numbered.closed_at, numbered.created_at)') }} as rate_on
    from numbered

),

priced as (

    select
        dated.*,
        case
            when dated.deal_currency = '{{ var("base_currency") }}' then cast(1 as double)
            else cast(rates.rate as double)
        end as rate
    from dated
    left join rates
        on dated.deal_currency = rates.currency
        and rates.base_currency = '{{ var("base_currency") }}'
        and dated.rate_on >= rates.valid_from
        and (dated.rate_on < rates.valid_to or rates.valid_to is null)

),

final as (

    select
        priced.deal_id,
        lead_ids.lead_id,
        priced.account_id,
        priced.name,
        cast(round(cast(priced.amount as double) * priced.rate, 2) as decimal(18, 2)) as amount,
        priced.gross_margin_rate,
        priced.stage,
        priced.is_closed,
        priced.is_won,
        priced.created_at,
        priced.closed_at,
        priced.updated_at,
        priced.lost_reason,
        priced.owner_id,
        priced.product,
        priced._table,
        priced._source,
        priced._file,
        priced._line,
        case
            when priced.broken_rule is not null then 'quarantined'
            when priced.copy_no > 1 then 'duplicate'
            when priced.rate is null then 'quarantined'
            when priced.lead_id is null then 'loaded'
            when coalesce(lead_ids.row_status, 'quarantined') = 'quarantined' then 'quarantined'
            when lead_ids.row_status = 'suppressed' or lead_ids.is_survivor_deleted then 'suppressed'
            else 'loaded'
        end as row_status,
        coalesce(
            priced.broken_rule,
            case when priced.rate is null then 'currency_rate_missing' else 'orphan_lead' end
        ) as broken_rule,
        coalesce(
            priced.broken_column,
            case when priced.rate is null then 'currency' else 'lead_id' end
        ) as broken_column,
        case
            when priced.broken_rule is not null then priced.broken_value
            when priced.rate is null then priced.deal_currency
            else priced.lead_id
        end as broken_value
    from priced
    left join lead_ids on priced.lead_id = lead_ids.source_lead_id

)

select * from final
