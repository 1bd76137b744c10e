-- In one file the first row of an address counts, as in BowNow itself. A lead is as old as the first list says that held it.

with leads as (

    select * from {{ ref('stg_bownow__leads') }}

),

placed as (

    select
        *,
        row_number() over (
            partition by lead_id, broken_rule is null, _loaded_at, _file
            order by _line
        ) as row_no,
        min(created_at) over (partition by lead_id) as first_created_at
    from leads

),

final as (

    select
        {{ staged_columns('leads', 'placed', {
            'created_at': 'placed.first_created_at',
            'updated_at': 'case when placed.row_no = 1 then coalesce(placed.updated_at, placed._loaded_at)'
                ~ ' else ' ~ add_minutes('placed.first_created_at', -1) ~ ' end',
        }) }}
    from placed

)

select * from final
