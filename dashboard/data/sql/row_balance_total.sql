-- All rows that were read, and what became of them.
select
    coalesce(sum(read), 0) as rows_read,
    coalesce(sum(loaded), 0) as loaded,
    coalesce(sum(quarantined), 0) as quarantined,
    coalesce(sum(duplicates), 0) as duplicates,
    coalesce(sum(merged), 0) as merged,
    coalesce(sum(suppressed), 0) as suppressed,
    coalesce(sum(abs(read - loaded - quarantined - duplicates - merged - suppressed)), 0) as difference
from marts.mart_row_balance
