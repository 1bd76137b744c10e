with source as (

    select * from {{ source('ads', 'linkedin_account_history') }}

),

final as (

    select
        {{ number_of_urn('id') }} as account_id,
        currency,
        {{ parse_utc_timestamp('last_modified_time') }} as changed_at,
        _source,
        _file,
        _line,
        _loaded_at
    from source

)

select * from final
