-- Deals of HubSpot with their stage in words, closed only where the stage says so, and their contact: the one whose label of
-- the association says that it is the first to speak with, else the lowest number.

with deals as (

    select * from {{ ref('stg_hubspot__deals') }}

),

stages as (

    select
        stage_id,
        max(label) as label,
        max(case when is_won then 1 else 0 end) = 1 as is_won,
        max(case when is_closed or is_won then 1 else 0 end) = 1 as is_closed
    from {{ ref('stg_hubspot__deal_pipeline_stage') }}
    group by stage_id

),

contacts as (

    select
        deal_id,
        coalesce(min(case when lower(role) in ('primary', '主担当') then lead_id end), min(lead_id)) as lead_id
    from {{ ref('int_hubspot__deal_contacts') }}
    where broken_rule is null
    group by deal_id

),

final as (

    select {{ staged_columns('deals', 'deals', {
        'lead_id': 'contacts.lead_id',
        'stage': 'coalesce(stages.label, deals.stage)',
        'is_closed': "coalesce(stages.is_closed, deals.stage in ('closedwon', 'closedlost'), false)",
        'is_won': "coalesce(stages.is_won, deals.stage = 'closedwon', false)",
        'closed_at': "case when coalesce(stages.is_closed, deals.stage in ('closedwon', 'closedlost'), false) then deals.closed_at end",
    }) }}
    from deals
    left join stages on deals.stage = stages.stage_id
    left join contacts on deals.deal_id = contacts.deal_id

)

select * from final
