-- What became of the rows that staging passed on.

{% set relations = {
    'leads': 'int_lead_ids',
    'activities': 'int_activities_resolved',
    'deals': 'int_deals_resolved',
    'deal_contacts': 'int_deal_people_resolved',
    'stage_changes': 'int_stage_changes_resolved',
    'marketing_costs': 'int_costs_resolved',
} %}

with final as (

    {%- for table_name, model in relations.items() %}

    select
        _source as source,
        '{{ table_name }}' as table_name,
        row_status,
        cast(count(*) as bigint) as row_count
    from {{ ref(model) }}
    group by _source, row_status
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}

)

select * from final
