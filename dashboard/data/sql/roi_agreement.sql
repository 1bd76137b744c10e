-- What all models say of a channel together.
select
    channel,
    model_count,
    earning_count,
    roi_low,
    roi_high,
    rank_high,
    rank_low,
    verdict
from marts.mart_model_agreement
where time_window = $window
    and basis = $basis
order by roi_low desc, channel
