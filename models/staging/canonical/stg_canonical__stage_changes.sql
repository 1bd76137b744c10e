with source as (

    select * from {{ source('raw', 'stage_changes') }}

),

typed as (

    select
        -- ids and words
        {{ clean_text('entity') }} as entity,
        {{ clean_text('entity_id') }} as entity_id,
        {{ clean_text('from_status') }} as from_status,
        {{ clean_text('to_status') }} as to_status,
        {{ clean_text('reason') }} as reason,
        {{ clean_text('changed_by') }} as changed_by,

        -- times, with the text they came from
        {{ typed_columns(parse_timestamp, ['changed_at']) }},

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
            required_checks(['entity', 'entity_id', 'to_status'], ['changed_at'])
            + unreadable_checks('not_a_time', ['changed_at'])
            + implausible_time_checks(['changed_at'])
            + [['unknown_entity', 'entity', 'entity', "entity not in ('lead', 'deal')"]]
        ) }}

    from typed

)

select * from final
