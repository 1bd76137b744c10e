-- What moving a budget from one channel to another would have changed in gross profit, had the next yen earned as the
-- average one did. A channel's profit by yen is as uncertain as the number of its wins: its interval is that of the
-- won rate of its leads. Only a move that gains under every model, to a channel with ten wins or more, is worth a
-- sentence in a meeting.

with years as (

    select * from {{ ref('roi_ripe_year') }}
    where cost > 0 and leads > 0

),

returns as (

    select
        model,
        channel,
        won,
        gross_profit / cost as profit_rate,
        {{ wilson_low('won', 'leads') }} * cast(leads as double) as won_low,
        {{ wilson_high('won', 'leads') }} * cast(leads as double) as won_high
    from years

),

bounded as (

    select
        returns.*,
        profit_rate * won_low / cast(won as double) as rate_low,
        profit_rate * won_high / cast(won as double) as rate_high
    from returns
    where won > 0

),

moves as (

    select
        sources.model,
        sources.channel as from_channel,
        targets.channel as to_channel,
        sources.won as from_won,
        targets.won as to_won,
        targets.profit_rate - sources.profit_rate as change,
        {{ mover_low('targets.profit_rate', 'targets.rate_low', 'sources.profit_rate', 'sources.rate_high') }} as change_low,
        {{ mover_high('targets.profit_rate', 'targets.rate_high', 'sources.profit_rate', 'sources.rate_low') }} as change_high
    from bounded as sources
    inner join bounded as targets
        on sources.model = targets.model
        and sources.channel <> targets.channel

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        model,
        from_channel,
        to_channel,
        cast(from_won as bigint) as from_won,
        cast(to_won as bigint) as to_won,
        cast({{ var('budget_move_amount') }} as decimal(18, 2)) as moved_amount,
        cast(change * {{ var('budget_move_amount') }} as double) as change_amount,
        cast(change_low * {{ var('budget_move_amount') }} as double) as change_low_amount,
        cast(change_high * {{ var('budget_move_amount') }} as double) as change_high_amount,
        min(change_low) over (partition by from_channel, to_channel) > 0 and to_won >= 10 as is_gain_in_all_models
    from moves

)

select * from final
