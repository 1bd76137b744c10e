with source as (

    select * from {{ source('raw', 'deal_contacts') }}

),

typed as (

    select
        -- ids and words
        {{ clean_text('deal_id') }} as deal_id,
        {{ clean_text('lead_id') }} as lead_id,
        {{ clean_text('role') }} as role,

        -- times, with the text they came from
        {{ typed_columns(parse_timestamp, ['added_at']) }},

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
            required_checks(['deal_id', 'lead_id'])
            + unreadable_checks('not_a_time', ['added_at'])
        ) }}

    from typed

)

select * from final
