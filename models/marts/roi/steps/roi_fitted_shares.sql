-- What the data-driven models give each touch of a deal. Each channel of the deal has a value: under markov its removal effect,
-- under shapley the same for all of them, which is the Shapley value of the game in which a set of channels wins the
-- deals that need no other. A channel's touches share its value.

with touchpoints as (

    select
        deal_id,
        touch_id,
        channel
    from {{ ref('fct_touchpoints') }}
    where deal_id is not null

),

states as (

    select
        states.channel,
        -- channels that share a state share its effect, by their touches
        effects.removal_effect * cast(states.touch_count as double)
        / sum(states.touch_count) over (partition by states.state_no) as removal_effect
    from {{ ref('roi_channel_states') }} as states
    inner join {{ ref('roi_removal_effects') }} as effects on states.state_no = effects.state_no

),

counted as (

    select
        touchpoints.deal_id,
        touchpoints.touch_id,
        states.removal_effect,
        cast(count(*) over (partition by touchpoints.deal_id, touchpoints.channel) as double) as channel_touches,
        sum(states.removal_effect) over (partition by touchpoints.deal_id) as effect_in_deal
    from touchpoints
    inner join states on touchpoints.channel = states.channel

),

final as (

    select
        deal_id,
        touch_id,
        'markov' as model,
        -- where no channel of a deal has an effect, nobody knows better than equal shares
        case when effect_in_deal > 0 then removal_effect else cast(1 as double) end / channel_touches as share
    from counted

    union all

    select
        deal_id,
        touch_id,
        'shapley' as model,
        1 / channel_touches as share
    from counted

)

select * from final
