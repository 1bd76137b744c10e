-- An action that names no person is that of its deal.

with actions as (

    select * from {{ ref('stg_mazrica__actions') }}

),

deals as (

    select
        deal_id,
        min(lead_id) as lead_id
    from {{ ref('int_mazrica__deals') }}
    where broken_rule is null
    group by deal_id

),

final as (

    select {{ staged_columns('activities', 'actions', {'lead_id': 'coalesce(actions.lead_id, deals.lead_id)'}) }}
    from actions
    left join deals on actions.content_id = deals.deal_id

)

select * from final
