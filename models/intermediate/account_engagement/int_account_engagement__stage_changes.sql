with changes as (

    select * from {{ ref('stg_account_engagement__lifecycle_history') }}

),

stages as (

    select stage_id, max(name) as name
    from {{ ref('stg_account_engagement__lifecycle_stages') }}
    group by stage_id

),

final as (

    select {{ staged_columns('stage_changes', 'changes', {
        'from_status': 'coalesce(former.name, changes.from_status)',
        'to_status': 'coalesce(entered.name, changes.to_status)',
    }) }}
    from changes
    left join stages as former on changes.from_status = former.stage_id
    left join stages as entered on changes.to_status = entered.stage_id

)

select * from final
