with source as (

    select * from {{ source('raw', 'activities') }}

),

typed as (

    select
        -- ids and words
        {{ clean_text('activity_id') }} as activity_id,
        {{ clean_text('lead_id') }} as lead_id,
        {{ clean_text('activity_type') }} as activity_type,
        {{ clean_text('content_id') }} as content_id,
        {{ clean_text('content_name') }} as content_name,
        {{ clean_text('content_type') }} as content_type,
        {{ clean_text('url') }} as url,
        {{ clean_text('channel') }} as channel,
        {{ clean_text('campaign') }} as campaign,
        {{ clean_text('answer') }} as answer,
        {{ clean_text('session_id') }} as session_id,
        {{ clean_text('actor') }} as actor,

        -- times, with the text they came from
        {{ typed_columns(parse_timestamp, ['occurred_at']) }},

        -- where the row came from
        _source,
        _file,
        _line,
        _loaded_at

    from source

),

final as (

    select
        *,
        {{ broken_columns(
            required_checks(['activity_id', 'lead_id', 'activity_type'], ['occurred_at'])
            + unreadable_checks('not_a_time', ['occurred_at'])
            + implausible_time_checks(['occurred_at'])
        ) }}

    from typed

)

select * from final
