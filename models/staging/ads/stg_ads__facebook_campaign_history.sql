with source as (

    select * from {{ source('ads', 'facebook_campaign_history') }}

),

final as (

    select
        id as campaign_id,
        name,
        cast(null as {{ dbt.type_string() }}) as kind,
        {{ parse_utc_timestamp('updated_time') }} as changed_at,
        _source,
        _file,
        _line,
        _loaded_at
    from source

)

select * from final
