-- The attribution models of this version; a company may have its own.
select distinct model
from marts.mart_channel_roi_windows
order by model
