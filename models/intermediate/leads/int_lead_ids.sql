-- A merged lead's traces belong to the lead that survived. Chains are followed to their end; a chain
-- without an end (a cycle, or a target nobody knows) is refused as a whole.

{% set longest_chain = 20 %}

with recursive leads as (

    select * from {{ ref('stg_canonical__leads') }}

),

merged as (

    select
        lead_id,
        merged_into_lead_id
    from leads
    where merged_into_lead_id is not null

),

chains as (

    select
        merged.lead_id,
        merged.merged_into_lead_id as reached_lead_id,
        1 as steps
    from merged

    union all

    select
        chains.lead_id,
        merged.merged_into_lead_id as reached_lead_id,
        chains.steps + 1 as steps
    from chains
    inner join merged on chains.reached_lead_id = merged.lead_id
    where chains.steps < {{ longest_chain }}

),

chain_ends as (

    select
        lead_id,
        max_by(reached_lead_id, steps) as reached_lead_id
    from chains
    group by lead_id

),

resolved as (

    select
        leads.lead_id as source_lead_id,
        coalesce(chain_ends.reached_lead_id, leads.lead_id) as lead_id,
        leads._source,
        leads._file,
        leads._line,
        leads.merged_into_lead_id,
        leads.is_deleted,
        survivors.lead_id is null as is_target_missing,
        survivors.merged_into_lead_id is not null as is_cycle,
        coalesce(survivors.is_deleted, false) as is_survivor_deleted
    from leads
    left join chain_ends on leads.lead_id = chain_ends.lead_id
    left join leads as survivors
        on coalesce(chain_ends.reached_lead_id, leads.lead_id) = survivors.lead_id

),

final as (

    select
        source_lead_id,
        lead_id,
        _source,
        _file,
        _line,
        merged_into_lead_id,
        case
            when is_target_missing then 'quarantined'
            when is_cycle then 'quarantined'
            when merged_into_lead_id is not null then 'merged'
            when coalesce(is_deleted, false) then 'suppressed'
            else 'loaded'
        end as row_status,
        case
            when is_target_missing then 'merge_target_missing'
            when is_cycle then 'merge_cycle'
        end as broken_rule,
        is_survivor_deleted
    from resolved

)

select * from final
