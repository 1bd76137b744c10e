-- The journeys that have ended, as the chain sees them: a won deal, a lost deal, and a lead that has no deal. Open
-- deals wait. The same channel twice in a row is one stay: a chain that leaves a state by the same shares has the same
-- end, however often it stayed.

with touchpoints as (

    select
        coalesce(deal_id, lead_id) as owner_id,
        deal_id is null as is_lead,
        deal_id,
        touch_no,
        channel
    from {{ ref('fct_touchpoints') }}

),

deals as (

    select * from {{ ref('int_deals') }}

),

states as (

    select * from {{ ref('roi_channel_states') }}

),

final as (

    select
        touchpoints.is_lead,
        touchpoints.owner_id,
        touchpoints.touch_no,
        states.state_no,
        coalesce(deals.is_won, false) as is_won
    from touchpoints
    inner join states on touchpoints.channel = states.channel
    left join deals on touchpoints.deal_id = deals.deal_id
    where touchpoints.is_lead or deals.is_closed

)

select * from final
