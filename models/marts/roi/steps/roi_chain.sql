-- The chain of channels as it is (removed_state 0), and once for each channel whose every path ends there: how likely
-- a journey goes from one state to the next.

with transitions as (

    select * from {{ ref('roi_transitions') }}

),

states as (

    select distinct state_no
    from {{ ref('roi_channel_states') }}

),

scenarios as (

    select 0 as removed_state
    union all
    select state_no as removed_state from states

),

targets as (

    select state_no as to_state from states
    union all
    select -1 as to_state

),

leaving as (

    select
        from_state,
        to_state,
        cast(n as double) / sum(n) over (partition by from_state) as p
    from transitions

),

final as (

    select
        scenarios.removed_state,
        sources.removed_state as from_state,
        targets.to_state,
        case
            when sources.removed_state = scenarios.removed_state and scenarios.removed_state > 0 then cast(0 as double)
            else coalesce(leaving.p, cast(0 as double))
        end as p
    from scenarios
    cross join scenarios as sources
    cross join targets
    left join leaving
        on sources.removed_state = leaving.from_state
        and targets.to_state = leaving.to_state

)

select * from final
