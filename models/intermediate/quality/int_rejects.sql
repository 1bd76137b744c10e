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
        _source, 'leads', _file, _line, 'merged_into_lead_id', broken_rule,
        {{ masked('merged_into_lead_id') }}
    from lead_ids
    where row_status = 'quarantined'

    union all

    select _source, 'activities', _file, _line, 'lead_id', 'orphan_lead', {{ masked('source_lead_id') }}
    from activities
    where row_status = 'quarantined'

    union all

    select
        _source, 'deals', _file, _line,
        case when broken_rule = 'orphan_lead' then 'lead_id' else 'currency' end,
        broken_rule,
        case
            when broken_rule = 'orphan_lead' then {{ masked('source_lead_id') }}
            else {{ masked('deal_currency') }}
        end
    from deals
    where row_status = 'quarantined'

    union all

    select _source, 'deal_contacts', _file, _line, broken_column, 'orphan_entity', {{ masked('broken_value') }}
    from people
    where row_status = 'quarantined'

    union all

    select
        _source, 'stage_changes', _file, _line,
        case when broken_rule = 'unmapped_status' then 'to_status' else 'entity_id' end,
        broken_rule,
        case
            when broken_rule = 'unmapped_status' then {{ masked('to_status') }}
            else {{ masked('entity_id') }}
        end
    from changes
    where row_status = 'quarantined'

    union all

    select _source, 'marketing_costs', _file, _line, 'currency', 'currency_rate_missing', {{ masked('cost_currency') }}
    from costs
    where row_status = 'quarantined'

)

select * from final
