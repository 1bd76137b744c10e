-- Everything refused anywhere before the marts: by the loader, by staging, or here because it belongs
-- to nothing we know.

with load_rejects as (

    select * from {{ source('raw', 'load_rejects') }}

),

staged as (

    select * from {{ ref('stg_canonical__rejects') }}

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

activities as (

    select * from {{ ref('int_activities_resolved') }}

),

deals as (

    select * from {{ ref('int_deals_resolved') }}

),

people as (

    select * from {{ ref('int_deal_people_resolved') }}

),

changes as (

    select * from {{ ref('int_stage_changes_resolved') }}

),

costs as (

    select * from {{ ref('int_costs_resolved') }}

),

final as (

    select source, table_name, file, line, column_name, rule, value
    from load_rejects

    union all

    select source, table_name, file, line, column_name, rule, value
    from staged

    union all

    select
        _source as source,
        'leads' as table_name,
        _file as file,
        _line as line,
        'merged_into_lead_id' as column_name,
        broken_rule as rule,
        {{ masked('merged_into_lead_id') }} as value
    from lead_ids
    where row_status = 'quarantined'

    union all

    select
        _source as source,
        'activities' as table_name,
        _file as file,
        _line as line,
        'lead_id' as column_name,
        'orphan_lead' as rule,
        {{ masked('source_lead_id') }} as value
    from activities
    where row_status = 'quarantined'

    union all

    select
        _source as source,
        'deals' as table_name,
        _file as file,
        _line as line,
        case when broken_rule = 'orphan_lead' then 'lead_id' else 'currency' end as column_name,
        broken_rule as rule,
        case
            when broken_rule = 'orphan_lead' then {{ masked('source_lead_id') }}
            else {{ masked('deal_currency') }}
        end as value
    from deals
    where row_status = 'quarantined'

    union all

    select
        _source as source,
        'deal_contacts' as table_name,
        _file as file,
        _line as line,
        broken_column as column_name,
        'orphan_entity' as rule,
        {{ masked('broken_value') }} as value
    from people
    where row_status = 'quarantined'

    union all

    select
        _source as source,
        'stage_changes' as table_name,
        _file as file,
        _line as line,
        case when broken_rule = 'unmapped_status' then 'to_status' else 'entity_id' end as column_name,
        broken_rule as rule,
        case
            when broken_rule = 'unmapped_status' then {{ masked('to_status') }}
            else {{ masked('entity_id') }}
        end as value
    from changes
    where row_status = 'quarantined'

    union all

    select
        _source as source,
        'marketing_costs' as table_name,
        _file as file,
        _line as line,
        'currency' as column_name,
        'currency_rate_missing' as rule,
        {{ masked('cost_currency') }} as value
    from costs
    where row_status = 'quarantined'

)

select * from final
