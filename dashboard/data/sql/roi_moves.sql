-- Moves of a budget that gain under every model, the surest first.
select
    from_channel,
    to_channel,
    from_won,
    to_won,
    cast(moved_amount as double) as moved_amount,
    change_amount,
    change_low_amount,
    change_high_amount
from marts.mart_budget_moves
where model = $model
    and is_gain_in_all_models
order by change_low_amount desc, from_channel, to_channel
limit $limit
