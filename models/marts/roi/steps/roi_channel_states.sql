-- The channels of the paths as numbers, for the Markov chain. Beyond the most common ones all others are one state.

with touches as (

    select channel, count(*) as touch_count
    from {{ ref('fct_touchpoints') }}
    group by channel

),

numbered as (

    select
        channel,
        touch_count,
        row_number() over (order by touch_count desc, channel) as rank_no
    from touches

),

final as (

    select
        channel,
        cast(touch_count as bigint) as touch_count,
        cast(least(rank_no, {{ markov_states() }}) as int) as state_no
    from numbered

)

select * from final
