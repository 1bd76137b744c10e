-- The share each channel has of every stage: how one sum is divided, no rate.
with
counts as (
    select channel, leads, mqls, sqls, won
    from marts.mart_channel_roi_windows
    where time_window = $window
        and model = $model
        and basis = $basis
),

whole as (
    select
        sum(leads) as leads,
        sum(mqls) as mqls,
        sum(sqls) as sqls,
        sum(won) as won
    from counts
)

select
    counts.channel,
    counts.leads,
    counts.mqls,
    counts.sqls,
    counts.won,
    cast(counts.leads as double) / nullif(whole.leads, 0) as leads_share,
    cast(counts.mqls as double) / nullif(whole.mqls, 0) as mqls_share,
    cast(counts.sqls as double) / nullif(whole.sqls, 0) as sqls_share,
    cast(counts.won as double) / nullif(whole.won, 0) as won_share
from counts
cross join whole
order by counts.leads desc nulls last, counts.channel
