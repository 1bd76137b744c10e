with changes as (

    select * from {{ ref('stg_salesforce__lead_statuses') }}

    union all

    select * from {{ ref('stg_salesforce__opportunity_stages') }}

),

users as (

    select user_id, max(name) as name
    from {{ ref('stg_salesforce__users') }}
    group by user_id

),

final as (

    select {{ staged_columns('stage_changes', 'changes', {'changed_by': 'coalesce(users.name, changes.changed_by)'}) }}
    from changes
    left join users on changes.changed_by = users.user_id

)

select * from final
