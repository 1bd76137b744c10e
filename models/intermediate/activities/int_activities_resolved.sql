-- Every readable activity with the lead it belongs to after merges, or the reason why it has none.
-- An orphan waits in quarantine and joins by itself in the build after its lead has arrived.

with activities as (

    select * from {{ ref('stg_canonical__activities') }}

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

final as (

    select
        activities.activity_id,
        lead_ids.lead_id,
        activities.lead_id as source_lead_id,
        lower(activities.activity_type) as activity_type,
        activities.occurred_at,
        activities.content_id,
        activities.content_name,
        activities.content_type,
        activities.url,
        activities.channel,
        activities.campaign,
        activities.answer,
        activities.session_id,
        activities.actor,
        activities._source,
        activities._file,
        activities._line,
        case
            when lead_ids.source_lead_id is null then 'quarantined'
            when lead_ids.row_status = 'quarantined' then 'quarantined'
            when lead_ids.row_status = 'suppressed' or lead_ids.is_survivor_deleted then 'suppressed'
            else 'loaded'
        end as row_status
    from activities
    left join lead_ids on activities.lead_id = lead_ids.source_lead_id

)

select * from final
