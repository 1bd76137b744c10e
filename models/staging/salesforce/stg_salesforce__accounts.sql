with source as (

    select * from {{ source('salesforce', 'account') }}

),

final as (

    select
        {{ salesforce_id('id') }} as account_id,
        name,
        {{ domain_of('website') }} as domain,
        industry,
        {{ parse_bigint('number_of_employees') }} as employee_count,
        _source
    from source

)

select * from final
