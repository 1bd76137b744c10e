select
    '{{ var("run_id") }}' as run_id,
    source,
    table_name as "table",
    sum(rows_read)::bigint as read,
    sum(rows_loaded)::bigint as loaded,
    sum(rows_rejected)::bigint as quarantined,
    0::bigint as duplicates,
    0::bigint as merged,
    0::bigint as suppressed
from read_parquet('{{ var("raw_path") }}/load_files/*.parquet')
group by all
