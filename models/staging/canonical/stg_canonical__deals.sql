with checked as (

    select * from {{ ref('stg_canonical__deals_checked') }}

),

final as (

    select
        deal_id,
        lead_id,
        account_id,
        name,
        amount,
        currency,
        gross_margin_rate,
        stage,
        is_closed,
        is_won,
        created_at,
        closed_at,
        lost_reason,
        owner_id,
        product,
        updated_at,
        _source,
        _file,
        _line

    from checked
    where broken_rule is null and copy_no = 1

)

select * from final
