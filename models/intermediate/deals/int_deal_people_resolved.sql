with contacts as (

    select * from {{ ref('stg_canonical__deal_contacts') }}

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

deals as (

    select * from {{ ref('int_deals_resolved') }}

),

final as (

    select
        contacts.deal_id,
        lead_ids.lead_id,
        contacts.role,
        contacts.added_at,
        contacts._source,
        contacts._file,
        contacts._line,
        case
            when deals.deal_id is null or lead_ids.source_lead_id is null then 'quarantined'
            when deals.row_status = 'quarantined' or lead_ids.row_status = 'quarantined'
                then 'quarantined'
            when deals.row_status = 'suppressed' or lead_ids.row_status = 'suppressed'
                or lead_ids.is_survivor_deleted then 'suppressed'
            else 'loaded'
        end as row_status,
        case
            when deals.deal_id is null or deals.row_status = 'quarantined' then 'deal_id'
            else 'lead_id'
        end as broken_column,
        case
            when deals.deal_id is null or deals.row_status = 'quarantined' then contacts.deal_id
            else contacts.lead_id
        end as broken_value
    from contacts
    left join lead_ids on contacts.lead_id = lead_ids.source_lead_id
    left join deals on contacts.deal_id = deals.deal_id

)

select * from final
