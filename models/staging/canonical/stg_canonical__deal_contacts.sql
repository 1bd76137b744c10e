with checked as (

    select * from {{ ref('stg_canonical__deal_contacts_checked') }}

),

final as (

    select
        deal_id,
        lead_id,
        role,
        added_at,
        _source,
        _file,
        _line

    from checked
    where broken_rule is null and copy_no = 1

)

select * from final
