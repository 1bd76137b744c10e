with source as (

    select * from {{ source('ads', 'facebook_account_history') }}

),

final as (

    select
        id as account_id,
        currency,
        {{ parse_utc_timestamp('_fivetran_synced') }} as changed_at,
        _source,
        _file,
        _line,
        _loaded_at
    from source

)

select * from final
