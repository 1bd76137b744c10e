select
    '{{ var("run_id") }}' as run_id,
    lead_id,
    cast('{{ var("as_of") }}' as timestamp) as as_of
from read_parquet('{{ var("raw_path") }}/leads/*.parquet')
