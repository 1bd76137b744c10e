-- Campaigns at the same age: cost and profit so far, month by month after the first cost.
select
    channel,
    campaign,
    age_months,
    cast(cost as double) as cost,
    cast(gross_profit as double) as gross_profit,
    roi,
    payback_months
from marts.mart_roi_by_age
where model = $model
order by campaign, channel, age_months
