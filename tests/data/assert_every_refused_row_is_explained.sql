-- Detects: a row that was refused and is not in quarantine, or a row in quarantine that was not refused.
-- Because: counts and explanations come from different models; a reason that is dropped from one of them leaves
--     people with a number and nothing to mend.
--     A table that no file fed holds what rows of other tables say besides (counts=none); they are counted there.
-- A row means: of this source and table `quarantined` rows were refused, and `listed` are in quarantine.

with balance as (

    select
        source,
        {{ adapter.quote('table') }} as table_name,
        quarantined
    from {{ ref('mart_row_balance') }}

),

refused as (

    select distinct
        source,
        {{ adapter.quote('table') }} as table_name,
        file,
        line
    from {{ ref('quarantine') }}

),

listed as (

    select
        source,
        table_name,
        count(*) as listed
    from refused
    group by source, table_name

),

counted as (

    -- what the loader read; a table of its own is one that a file fed
    select listed.*
    from listed
    left join balance
        on listed.source = balance.source
        and listed.table_name = balance.table_name
    where balance.source is not null or listed.table_name not in ({{ "'" ~ raw_columns() | join("', '") ~ "'" }})

),

final as (

    select
        coalesce(balance.source, counted.source) as source,
        coalesce(balance.table_name, counted.table_name) as table_name,
        coalesce(balance.quarantined, 0) as quarantined,
        coalesce(counted.listed, 0) as listed
    from balance
    full outer join counted
        on balance.source = counted.source
        and balance.table_name = counted.table_name
    where coalesce(balance.quarantined, 0) <> coalesce(counted.listed, 0)

)

select * from final
