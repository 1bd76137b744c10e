with checked as (

    select * from {{ ref('stg_canonical__stage_changes_checked') }}

),

final as (

    select
        entity,
        entity_id,
        from_status,
        to_status,
        changed_at,
        reason,
        changed_by,
        _source,
        _file,
        _line

    from checked
    where broken_rule is null and copy_no = 1

)

select * from final
