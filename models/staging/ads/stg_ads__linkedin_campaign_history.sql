with source as (

    select * from {{ source('ads', 'linkedin_campaign_history') }}

),

final as (

    select
        {{ number_of_urn('id') }} as campaign_id,
        {{ number_of_urn('account_id') }} as account_id,
        name,
        cast(null as {{ dbt.type_string() }}) as kind,
        {{ parse_utc_timestamp('last_modified_time') }} as changed_at,
        _source,
        _file,
        _line,
        _loaded_at
    from source

)

select * from final
