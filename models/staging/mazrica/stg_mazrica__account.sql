with source as (

    select * from {{ source('mazrica', 'account') }}

),

final as (

    select
        {{ id_of('mazrica', 'account_id') }} as account_id,
        {{ clean_text('name') }} as name,
        {{ domain_of('url') }} as domain,
        {{ clean_text('industry') }} as industry,
        {{ clean_text('employee_count') }} as employee_count,
        {{ clean_text('prefecture') }} as prefecture,
        _source,
        _file,
        _line,
        _loaded_at
    from source

)

select * from final
