-- Status words of every tool, in our stages. A word that the vocabulary does not know is refused,
-- not guessed.

with {{ copies_numbered(ref('int_stage_change_rows'), ['entity', 'entity_id', 'to_status', 'changed_at'], 'staged.changed_at') }},

statuses as (

    select
        lower(source_status) as status_word,
        stage
    from {{ ref('lead_statuses') }}

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}
    where is_kept

),

deals as (

    select * from {{ ref('int_deals_resolved') }}
    where row_status in ('loaded', 'suppressed')

),

keyed as (

    -- one plain key a join: a condition on the left side alone would make the engine compare every pair
    select
        numbered.*,
        lower(to_status) as status_word,
        case when entity = 'lead' then entity_id end as change_lead_id,
        case when entity = 'deal' then entity_id end as change_deal_id
    from numbered

),

joined as (

    select
        keyed.*,
        lead_ids.lead_id,
        statuses.stage as to_stage,
        coalesce(lead_ids.row_status, deals.row_status, 'missing') as entity_status,
        coalesce(lead_ids.is_survivor_deleted, false) as is_suppressed
    from keyed
    left join statuses on keyed.status_word = statuses.status_word
    left join lead_ids on keyed.change_lead_id = lead_ids.source_lead_id
    left join deals on keyed.change_deal_id = deals.deal_id

),

judged as (

    select
        joined.*,
        entity_status in ('missing', 'quarantined') as is_orphan,
        entity = 'lead' and to_stage is null as is_unmapped
    from joined

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
        _table,
        _source,
        _file,
        _line,
        case
            when broken_rule is not null then 'quarantined'
            when copy_no > 1 then 'duplicate'
            when is_orphan or is_unmapped then 'quarantined'
            when entity_status = 'suppressed' or is_suppressed then 'suppressed'
            else 'loaded'
        end as row_status,
        coalesce(broken_rule, case when is_orphan then 'orphan_entity' else 'unmapped_status' end) as broken_rule,
        coalesce(broken_column, case when is_orphan then 'entity_id' else 'to_status' end) as broken_column,
        case
            when broken_rule is not null then broken_value
            when is_orphan then entity_id
            else to_status
        end as broken_value
    from judged

)

select * from final
