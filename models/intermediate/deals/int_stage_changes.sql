with changes as (

    select * from {{ ref('int_stage_changes_resolved') }}

),

final as (

    select
        entity,
        entity_id,
        lead_id,
        from_status,
        to_status,
        to_stage,
        changed_at,
        reason,
        changed_by
    from changes
    where row_status = 'loaded'
        and changed_at <= {{ as_of() }}

)

select * from final
