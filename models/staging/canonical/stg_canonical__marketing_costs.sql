with checked as (

    select * from {{ ref('stg_canonical__marketing_costs_checked') }}

),

final as (

    select
        cost_id,
        channel,
        campaign,
        content,
        starts_on,
        ends_on,
        amount,
        currency,
        kind,
        _source,
        _file,
        _line

    from checked
    where broken_rule is null and copy_no = 1

)

select * from final
