-- Which lead each row stands for, after the merges of its tool and after what makes leads of several tools one person, and
-- what became of the row.

with records as (

    select * from {{ ref('int_lead_records') }}

),

merges as (

    select * from {{ ref('int_lead_merges') }}

),

links as (

    select * from {{ ref('int_identity_links') }}

),

resolved as (

    select
        records.lead_id as source_lead_id,
        coalesce(links.lead_id, merges.root_lead_id, records.lead_id) as lead_id,
        records._table, records._source, records._file, records._line, records._loaded_at,
        records.merged_into_lead_id, records.is_deleted,
        coalesce(merges.is_target_missing, false) as is_target_missing,
        coalesce(merges.is_cycle, false) as is_cycle,
        coalesce(merges.is_survivor_deleted, records.is_deleted) as is_survivor_deleted
    from records
    left join merges on records.lead_id = merges.lead_id
    left join links on coalesce(merges.root_lead_id, records.lead_id) = links.source_lead_id
    where records.is_kept

),

kept as (

    select
        source_lead_id,
        lead_id,
        _table, _source, _file, _line, _loaded_at,
        case
            when is_target_missing or is_cycle then 'quarantined'
            when source_lead_id <> lead_id then 'merged'
            when is_deleted then 'suppressed'
            else 'loaded'
        end as row_status,
        case
            when is_target_missing then 'merge_target_missing'
            when is_cycle then 'merge_cycle'
        end as broken_rule,
        'merged_into_lead_id' as broken_column,
        merged_into_lead_id as broken_value,
        is_survivor_deleted,
        true as is_kept
    from resolved

),

final as (

    select * from kept

    union all

    select
        lead_id as source_lead_id,
        cast(null as {{ dbt.type_string() }}) as lead_id,
        _table, _source, _file, _line, _loaded_at,
        case when broken_rule is null then 'duplicate' else 'quarantined' end as row_status,
        broken_rule, broken_column, broken_value,
        false as is_survivor_deleted,
        false as is_kept
    from records
    where not is_kept

)

select * from final
