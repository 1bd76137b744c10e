-- The share each channel has of every stage: how one sum is divided, no rate.
with
counts as (
    select channel, leads, mqls, sqls, won
    from marts.mart_channel_roi_windows
    where time_window = $window
        and model = $model
        and basis = $basis
)

select
    channel,
    leads,
    mqls,
    sqls,
    won,
    cast(leads as double) / nullif(sum(leads) over (), 0) as leads_share,
    cast(mqls as double) / nullif(sum(mqls) over (), 0) as mqls_share,
    cast(sqls as double) / nullif(sum(sqls) over (), 0) as sqls_share,
    cast(won as double) / nullif(sum(won) over (), 0) as won_share
from counts
order by leads desc nulls last, channel
