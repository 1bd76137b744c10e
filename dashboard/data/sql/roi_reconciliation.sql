-- Booked revenue against what the models gave out, over the whole history.
select
    cast(sum(revenue_booked) as double) as revenue_booked,
    cast(sum(revenue_attributed) as double) as revenue_attributed,
    cast(sum(revenue_unattributed) as double) as revenue_unattributed,
    cast(sum(difference) as double) as difference
from marts.mart_roi_reconciliation
