-- Detects: a row that was refused and is not in quarantine, or a row in quarantine that was not refused.
-- Because: counts and explanations come from different models; a reason that is dropped from one of them leaves
--     people with a number and nothing to mend.
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

final as (

    select
        coalesce(balance.source, listed.source) as source,
        coalesce(balance.table_name, listed.table_name) as table_name,
        coalesce(balance.quarantined, 0) as quarantined,
        coalesce(listed.listed, 0) as listed
    from balance
    full outer join listed
        on balance.source = listed.source
        and balance.table_name = listed.table_name
    where coalesce(balance.quarantined, 0) <> coalesce(listed.listed, 0)

)

select * from final
