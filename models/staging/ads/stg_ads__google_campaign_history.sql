with source as (

    select * from {{ source('ads', 'google_campaign_history') }}

),

final as (

    select
        id as campaign_id,
        name,
        advertising_channel_type as kind,
        {{ parse_utc_timestamp('updated_at') }} as changed_at,
        _source,
        _file,
        _line,
        _loaded_at
    from source

)

select * from final
