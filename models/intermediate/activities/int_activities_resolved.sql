-- Every activity with the lead it belongs to after merges and its type in our words, or the reason why it
-- does not count. An orphan waits in quarantine and joins by itself in the build after its lead has
-- arrived. Where a row stands in its file is kept for those that do not count.

with {{ copies_numbered(ref('int_activity_rows'), ['activity_id'], 'staged.occurred_at') }},

lead_ids as (

    select * from {{ ref('int_lead_ids') }}
    where is_kept

),

event_types as (

    select * from {{ ref('event_types') }}

),

content_types as (

    select * from {{ ref('int_content_types') }}

),

named as (

    -- Only a plain page view can turn out to be more than it says.
    select
        numbered.*,
        lead_ids.lead_id as known_lead_id,
        lead_ids.row_status as lead_status,
        lead_ids.is_survivor_deleted,
        lower(numbered.activity_type) as source_activity_type,
        case
            when lower(numbered.activity_type) = 'page_view'
                then coalesce(by_url.activity_type, by_name.activity_type, 'page_view')
            else lower(numbered.activity_type)
        end as named_type,
        coalesce(numbered.content_type, by_url.content_type, by_name.content_type) as named_content_type
    from numbered
    left join lead_ids on numbered.lead_id = lead_ids.source_lead_id
    left join content_types as by_url
        on numbered.url = by_url.content_text and by_url.match_field = 'url'
    left join content_types as by_name
        on numbered.content_name = by_name.content_text and by_name.match_field = 'content_name'

),

judged as (

    select
        named.*,
        case
            when broken_rule is not null then 'quarantined'
            when copy_no > 1 then 'duplicate'
            when coalesce(lead_status, 'quarantined') = 'quarantined' then 'quarantined'
            when lead_status = 'suppressed' or is_survivor_deleted then 'suppressed'
            else 'loaded'
        end as row_status
    from named

),

final as (

    select
        -- which
        judged.activity_id,
        judged.known_lead_id as lead_id,
        coalesce(event_types.activity_type, 'other') as activity_type,
        judged.source_activity_type,
        coalesce(event_types.event_group, 'other') as event_group,
        coalesce(event_types.is_visit, false) as is_visit,
        coalesce(event_types.is_touch, false) as is_touch,

        -- when
        judged.occurred_at,
        {{ local_day('judged.occurred_at') }} as occurred_on,

        -- what
        judged.content_id,
        judged.content_name,
        judged.named_content_type as content_type,
        judged.url,
        lower(judged.channel) as channel,
        judged.campaign,
        judged.answer,
        judged.session_id,
        judged.actor,

        -- what became of the row
        judged._table,
        judged._source,
        case when judged.row_status = 'quarantined' then judged._file end as _file,
        case when judged.row_status = 'quarantined' then judged._line end as _line,
        judged.row_status,
        case when judged.row_status = 'quarantined' then coalesce(judged.broken_rule, 'orphan_lead') end as broken_rule,
        case when judged.row_status = 'quarantined' then coalesce(judged.broken_column, 'lead_id') end as broken_column,
        case
            when judged.row_status = 'quarantined' and judged.broken_rule is null then judged.lead_id
            else judged.broken_value
        end as broken_value
    from judged
    left join event_types on judged.named_type = event_types.activity_type

)

select * from final
