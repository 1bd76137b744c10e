with source as (

    select * from {{ source('ads', 'facebook_ad_history') }}

),

final as (

    select
        id as ad_id,
        campaign_id,
        {{ parse_utc_timestamp('updated_time') }} as changed_at,
        _source,
        _file,
        _line,
        _loaded_at
    from source

)

select * from final
