with source as (

    select * from {{ source('ads', 'google_account_history') }}

),

final as (

    select
        id as account_id,
        currency_code as currency,
        {{ parse_utc_timestamp('updated_at') }} as changed_at,
        _source,
        _file,
        _line,
        _loaded_at
    from source

)

select * from final
