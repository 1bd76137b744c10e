with source as (

    select * from {{ source('ads', 'microsoft_account_history') }}

),

final as (

    select
        id as account_id,
        currency_code as currency,
        {{ parse_utc_timestamp('last_modified_time') }} as changed_at,
        _source,
        _file,
        _line,
        _loaded_at
    from source

)

select * from final
