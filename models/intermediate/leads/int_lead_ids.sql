-- A merged lead's traces belong to the lead that survived. Chains are followed merge by merge to
-- their end; a chain without an end (a cycle, or a target nobody knows) is refused as a whole. The recursion
-- names its parts few times, because Spark works out a CTE anew wherever it is named.

{% set longest_chain = 32 %}  {#- merges; a longer chain is refused as a circle -#}

with recursive {{ copies_numbered(ref('int_lead_rows'), ['lead_id'], 'coalesce(staged.updated_at, staged.created_at)') }},

leads as (

    select * from numbered
    where broken_rule is null and copy_no = 1

),

merges as (

    select
        lead_id, merged_into_lead_id
    from leads
    where merged_into_lead_id is not null

),

steps as (

    select
        lead_id,
        merged_into_lead_id as reached_lead_id,
        1 as hops
    from merges
    union all

    select
        steps.lead_id,
        merges.merged_into_lead_id as reached_lead_id,
        steps.hops + 1 as hops
    from steps
    inner join merges on steps.reached_lead_id = merges.lead_id
    where steps.hops < {{ longest_chain }} and steps.reached_lead_id <> steps.lead_id

),

chains as (

    select
        lead_id,
        max_by(reached_lead_id, hops) as reached_lead_id
    from steps
    group by lead_id

),

resolved as (

    select
        leads.lead_id as source_lead_id,
        coalesce(chains.reached_lead_id, leads.lead_id) as lead_id,
        leads._table, leads._source, leads._file, leads._line, leads._loaded_at,
        leads.merged_into_lead_id, leads.is_deleted,
        survivors.lead_id is null as is_target_missing,
        survivors.merged_into_lead_id is not null as is_cycle,
        coalesce(survivors.is_deleted, false) as is_survivor_deleted
    from leads
    left join chains on leads.lead_id = chains.lead_id
    left join leads as survivors
        on coalesce(chains.reached_lead_id, leads.lead_id) = survivors.lead_id

),

kept as (

    select
        source_lead_id,
        lead_id,
        _table, _source, _file, _line, _loaded_at,
        case
            when is_target_missing or is_cycle then 'quarantined'
            when merged_into_lead_id is not null then 'merged'
            when coalesce(is_deleted, false) then 'suppressed'
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
    from numbered
    where broken_rule is not null or copy_no > 1

)

select * from final
