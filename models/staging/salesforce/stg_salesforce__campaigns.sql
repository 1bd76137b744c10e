with source as (

    select * from {{ source('salesforce', 'campaign') }}

),

final as (

    select
        {{ id_of('salesforce', salesforce_id('id')) }} as campaign_id,
        name,
        lower({{ clean_text('type') }}) as campaign_type
    from source

)

select * from final
