-- What tells one lead from another, without the wide rest of its row, and which of several copies is kept.

with {{ copies_numbered(ref('int_lead_rows'), ['lead_id'], 'coalesce(staged.updated_at, staged.created_at)') }},

final as (

    select
        lead_id,
        email,
        full_name,
        merged_into_lead_id,
        coalesce(is_deleted, false) as is_deleted,
        created_at,
        coalesce(updated_at, created_at) as changed_at,
        _table, _source, _file, _line, _loaded_at,
        broken_rule, broken_column, broken_value,
        broken_rule is null and copy_no = 1 as is_kept
    from numbered

)

select * from final
