with checked as (

    select * from {{ ref('stg_canonical__leads_checked') }}

),

final as (

    select
        lead_id,
        email,
        full_name,
        company_name,
        company_domain,
        job_title,
        department,
        industry,
        employee_count,
        country,
        prefecture,
        created_at,
        updated_at,
        source_channel,
        source_campaign,
        source_content,
        product,
        owner_id,
        is_opted_out,
        merged_into_lead_id,
        is_deleted,
        _source,
        _file,
        _line

    from checked
    where broken_rule is null and copy_no = 1

)

select * from final
