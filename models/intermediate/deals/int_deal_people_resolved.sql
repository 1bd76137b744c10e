with {{ copies_numbered(ref('int_deal_contact_rows'), ['deal_id', 'lead_id'], 'staged.added_at') }},

lead_ids as (

    select * from {{ ref('int_lead_ids') }}
    where is_kept

),

deals as (

    select * from {{ ref('int_deals_resolved') }}
    where row_status in ('loaded', 'suppressed')

),

judged as (

    select
        numbered.*,
        lead_ids.lead_id as known_lead_id,
        deals.deal_id is null as is_deal_missing,
        coalesce(lead_ids.row_status, 'quarantined') = 'quarantined' as is_lead_missing,
        deals.row_status = 'suppressed' or lead_ids.row_status = 'suppressed'
        or lead_ids.is_survivor_deleted as is_suppressed
    from numbered
    left join lead_ids on numbered.lead_id = lead_ids.source_lead_id
    left join deals on numbered.deal_id = deals.deal_id

),

final as (

    select
        deal_id,
        known_lead_id as lead_id,
        role,
        added_at,
        _table,
        _source,
        _file,
        _line,
        case
            when broken_rule is not null then 'quarantined'
            when copy_no > 1 then 'duplicate'
            when is_deal_missing or is_lead_missing then 'quarantined'
            when is_suppressed then 'suppressed'
            else 'loaded'
        end as row_status,
        coalesce(broken_rule, 'orphan_entity') as broken_rule,
        coalesce(broken_column, case when is_deal_missing then 'deal_id' else 'lead_id' end) as broken_column,
        case
            when broken_rule is not null then broken_value
            when is_deal_missing then deal_id
            else lead_id
        end as broken_value
    from judged

)

select * from final
