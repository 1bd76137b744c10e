-- Rows read against what became of them, per source and table.
select
    source,
    "table" as table_name,
    read as rows_read,
    loaded,
    quarantined,
    duplicates,
    merged,
    suppressed,
    read - loaded - quarantined - duplicates - merged - suppressed as difference
from marts.mart_row_balance
order by source, table_name
