-- Everything refused anywhere before the marts: by the loader, by staging, or here because it belongs
-- to nothing we know.

with load_rejects as (

    select * from {{ source('raw', 'load_rejects') }}

),

staged as (

    select * from {{ ref('stg_canonical__rejects') }}

),

unresolved as (

    {{ unresolved_rows(ref('int_lead_ids'), 'leads', "'merged_into_lead_id'", 'broken_rule', 'merged_into_lead_id') }}

    union all

    {{ unresolved_rows(ref('int_activities_resolved'), 'activities', "'lead_id'", "'orphan_lead'", 'source_lead_id') }}

    union all

    {{ unresolved_rows(ref('int_deals_resolved'), 'deals', 'broken_column', 'broken_rule', 'broken_value') }}

    union all

    {{ unresolved_rows(ref('int_deal_people_resolved'), 'deal_contacts', 'broken_column', "'orphan_entity'", 'broken_value') }}

    union all

    {{ unresolved_rows(ref('int_stage_changes_resolved'), 'stage_changes', 'broken_column', 'broken_rule', 'broken_value') }}

    union all

    {{ unresolved_rows(ref('int_costs_resolved'), 'marketing_costs', "'currency'", "'currency_rate_missing'", 'cost_currency') }}

),

final as (

    select source, table_name, file, line, column_name, rule, value
    from load_rejects

    union all

    select source, table_name, file, line, column_name, rule, value
    from staged

    union all

    select source, table_name, file, line, column_name, rule, value
    from unresolved

)

select * from final
