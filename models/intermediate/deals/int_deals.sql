-- What a deal was at as_of: one that closes later is still open.

with deals as (

    select * from {{ ref('int_deals_resolved') }}

),

statuses as (

    select * from {{ ref('lead_statuses') }}

),

known as (

    select
        deals.*,
        statuses.stage as named_stage
    from deals
    left join statuses on lower(deals.stage) = lower(statuses.source_status)
    where deals.row_status = 'loaded'
        and deals.created_at <= {{ as_of() }}

),

closed as (

    -- A deal that says it is decided but not when was decided by its last change.
    select
        known.*,
        coalesce(known.is_won, known.named_stage = 'won', false) as says_won,
        coalesce(known.closed_at, known.updated_at, known.created_at) as decided_at,
        coalesce(known.is_won, false)
        or coalesce(known.is_closed, known.named_stage in ('won', 'lost'), false) as says_closed
    from known

),

decided as (

    select
        closed.*,
        says_closed and decided_at <= {{ as_of() }} as is_decided
    from closed

),

final as (

    select
        deal_id,
        lead_id,
        account_id,
        name,
        amount,
        gross_margin_rate,
        stage,
        owner_id,
        product,
        created_at,
        case when updated_at <= {{ as_of() }} then updated_at end as updated_at,
        case when is_decided then decided_at end as closed_at,
        is_decided as is_closed,
        is_decided and says_won as is_won,
        case when is_decided and not says_won then lost_reason end as lost_reason
    from decided

)

select * from final
