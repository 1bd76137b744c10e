with source as (

    select * from {{ source('raw', 'leads') }}

),

typed as (

    select
        -- ids and words
        {{ clean_text('lead_id') }} as lead_id,
        {{ clean_text('email') }} as email,
        {{ clean_text('full_name') }} as full_name,
        {{ clean_text('company_name') }} as company_name,
        {{ clean_text('company_domain') }} as company_domain,
        {{ clean_text('job_title') }} as job_title,
        {{ clean_text('department') }} as department,
        {{ clean_text('industry') }} as industry,
        {{ clean_text('country') }} as country,
        {{ clean_text('prefecture') }} as prefecture,
        {{ clean_text('source_channel') }} as source_channel,
        {{ clean_text('source_campaign') }} as source_campaign,
        {{ clean_text('source_content') }} as source_content,
        {{ clean_text('product') }} as product,
        {{ clean_text('owner_id') }} as owner_id,
        {{ clean_text('merged_into_lead_id') }} as merged_into_lead_id,

        -- numbers, with the text they came from
        {{ typed_columns(parse_bigint, ['employee_count']) }},

        -- times, with the text they came from
        {{ typed_columns(parse_timestamp, ['created_at', 'updated_at']) }},

        -- yes or no, with the text they came from
        {{ typed_columns(parse_boolean, ['is_opted_out', 'is_deleted']) }},

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
            required_checks(['lead_id'], ['created_at'])
            + unreadable_checks('not_a_time', ['created_at', 'updated_at'])
            + unreadable_checks('not_a_number', ['employee_count'])
            + unreadable_checks('not_yes_or_no', ['is_opted_out', 'is_deleted'])
            + implausible_time_checks(['created_at', 'updated_at'])
            + [['negative', 'employee_count', 'raw_employee_count', 'employee_count < 0']]
        ) }}

    from typed

)

select * from final
