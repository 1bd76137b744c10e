with source as (

    select * from {{ source('ads', 'microsoft_campaign_history') }}

),

final as (

    select
        id as campaign_id,
        name,
        type as kind,
        {{ parse_utc_timestamp('modified_time') }} as changed_at,
        _source,
        _file,
        _line,
        _loaded_at
    from source

)

select * from final
