-- What the data-driven models make of each channel over all journeys that have ended. Markov: the part of the wins
-- that would be gone without it. Shapley: its share of the wins in the game in which a set of channels wins the deals
-- that need no other; a deal is then shared equally by its channels, which is exact and needs no subsets.

with paths as (

    select
        paths.is_lead,
        paths.owner_id,
        touchpoints.channel,
        paths.is_won
    from {{ ref('roi_paths') }} as paths
    inner join {{ ref('fct_touchpoints') }} as touchpoints
        on paths.owner_id = coalesce(touchpoints.deal_id, touchpoints.lead_id)
        and paths.is_lead = (touchpoints.deal_id is null)
        and paths.touch_no = touchpoints.touch_no
    group by paths.is_lead, paths.owner_id, touchpoints.channel, paths.is_won

),

sized as (

    select
        paths.*,
        count(*) over (partition by is_lead, owner_id) as channel_count
    from paths

),

counted as (

    select
        channel,
        count(*) as n,
        count(case when is_won then 1 end) as k,
        sum(case when is_won then 1 / cast(channel_count as double) else cast(0 as double) end) as shapley_wins
    from sized
    group by channel

),

states as (

    select
        states.channel,
        effects.removal_effect * cast(states.touch_count as double)
        / sum(states.touch_count) over (partition by states.state_no) as removal_effect
    from {{ ref('roi_channel_states') }} as states
    inner join {{ ref('roi_removal_effects') }} as effects on states.state_no = effects.state_no

),

effects as (

    select 'markov' as model, counted.channel, counted.n, counted.k, states.removal_effect as effect
    from counted
    inner join states on counted.channel = states.channel

    union all

    select 'shapley' as model, channel, n, k, shapley_wins as effect
    from counted

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        model,
        channel,
        cast(n as bigint) as n,
        cast(k as bigint) as k,
        cast(effect as double) as effect,
        cast(
            case when sum(effect) over (partition by model) > 0 then effect / sum(effect) over (partition by model) end
            as double
        ) as share
    from effects

)

select * from final
