with deal_stages as (

    select * from {{ ref('stg_hubspot__deal_stages') }}

),

stages as (

    select stage_id, max(label) as label
    from {{ ref('stg_hubspot__deal_pipeline_stage') }}
    group by stage_id

),

final as (

    select * from {{ ref('stg_hubspot__lifecycle_changes') }}

    union all

    select {{ staged_columns('stage_changes', 'deal_stages', {'to_status': 'coalesce(stages.label, deal_stages.to_status)'}) }}
    from deal_stages
    left join stages on deal_stages.to_status = stages.stage_id

)

select * from final
