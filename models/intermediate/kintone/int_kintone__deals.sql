-- Of several loads the record that was changed last counts, else the later load.

with records as (

    select
        *,
        min(created_at) over (partition by deal_id) as first_created_at
    from {{ ref('stg_kintone__deals') }}

),

final as (

    select
        {{ staged_columns('deals', 'records', {
            'created_at': 'records.first_created_at',
            'updated_at': 'coalesce(records.updated_at, records._loaded_at)',
        }) }}
    from records

)

select * from final
