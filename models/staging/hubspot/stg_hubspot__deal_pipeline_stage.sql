with source as (

    select * from {{ source('hubspot', 'deal_pipeline_stage') }}

),

final as (

    select
        stage_id,
        label,
        {{ parse_boolean('closed_won') }} as is_won,
        {{ parse_boolean('is_closed') }} as is_closed,
        _source
    from source

)

select * from final
