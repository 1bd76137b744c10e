-- rows read = loaded + quarantined + duplicates + merged + suppressed, for every source and table, each
-- counted where it happened and not as the rest of the others.

with load_files as (

    select * from {{ source('raw', 'load_files') }}

),

statuses as (

    select * from {{ ref('int_row_statuses') }}

),

read_rows as (

    select
        source,
        table_name,
        cast(sum(rows_read) as bigint) as rows_read,
        cast(sum(rows_rejected) as bigint) as rows_rejected
    from load_files
    group by source, table_name

),

resolved as (

    select
        source,
        table_name,
        cast(sum(case when row_status = 'loaded' then row_count else 0 end) as bigint) as loaded,
        cast(sum(case when row_status = 'quarantined' then row_count else 0 end) as bigint) as quarantined,
        cast(sum(case when row_status = 'duplicate' then row_count else 0 end) as bigint) as duplicates,
        cast(sum(case when row_status = 'merged' then row_count else 0 end) as bigint) as merged,
        cast(sum(case when row_status = 'suppressed' then row_count else 0 end) as bigint) as suppressed
    from statuses
    group by source, table_name

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        read_rows.source,
        read_rows.table_name as {{ adapter.quote('table') }},
        read_rows.rows_read as {{ adapter.quote('read') }},
        coalesce(resolved.loaded, 0) as loaded,
        cast(read_rows.rows_rejected + coalesce(resolved.quarantined, 0) as bigint) as quarantined,
        coalesce(resolved.duplicates, 0) as duplicates,
        coalesce(resolved.merged, 0) as merged,
        coalesce(resolved.suppressed, 0) as suppressed
    from read_rows
    left join resolved
        on read_rows.source = resolved.source
        and read_rows.table_name = resolved.table_name

)

select * from final
