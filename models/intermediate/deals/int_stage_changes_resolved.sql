-- Status words of every tool, in our stages. A word that the vocabulary does not know is refused,
-- not guessed.

with changes as (

    select * from {{ ref('stg_canonical__stage_changes') }}

),

statuses as (

    select * from {{ ref('lead_statuses') }}

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

deals as (

    select * from {{ ref('int_deals_resolved') }}

),

joined as (

    select
        changes.*,
        lead_ids.lead_id,
        statuses.stage as to_stage,
        case
            when changes.entity = 'lead'
                then coalesce(lead_ids.row_status, 'missing')
            else coalesce(deals.row_status, 'missing')
        end as entity_status,
        changes.entity = 'lead' and coalesce(lead_ids.is_survivor_deleted, false) as is_suppressed
    from changes
    left join statuses on lower(changes.to_status) = lower(statuses.source_status)
    left join lead_ids
        on changes.entity = 'lead' and changes.entity_id = lead_ids.source_lead_id
    left join deals
        on changes.entity = 'deal' and changes.entity_id = deals.deal_id

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
        changed_by,
        _source,
        _file,
        _line,
        case
            when entity_status in ('missing', 'quarantined') then 'quarantined'
            when entity = 'lead' and to_stage is null then 'quarantined'
            when entity_status = 'suppressed' or is_suppressed then 'suppressed'
            else 'loaded'
        end as row_status,
        case
            when entity_status in ('missing', 'quarantined') then 'orphan_entity'
            when entity = 'lead' and to_stage is null then 'unmapped_status'
        end as broken_rule,
        case when entity_status in ('missing', 'quarantined') then 'entity_id' else 'to_status' end as broken_column,
        case when entity_status in ('missing', 'quarantined') then entity_id else to_status end as broken_value
    from joined

)

select * from final
