-- Booked revenue against what a model gave out and to whom it did not, over the whole history.
select
    cast(coalesce(sum(revenue_booked), 0) as double) as revenue_booked,
    cast(coalesce(sum(revenue_attributed), 0) as double) as revenue_attributed,
    cast(coalesce(sum(revenue_unattributed), 0) as double) as revenue_unattributed,
    cast(coalesce(sum(revenue_outside_window), 0) as double) as revenue_outside_window,
    cast(coalesce(sum(revenue_without_contact_role), 0) as double) as revenue_without_contact_role,
    cast(coalesce(sum(difference), 0) as double) as difference
from marts.mart_roi_reconciliation
where model = $model
