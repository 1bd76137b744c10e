-- Personal data, in this table only.

with leads as (

    select * from {{ ref('int_leads') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        lead_id,
        email,
        full_name,
        company_name,
        company_domain,
        job_title
    from leads

)

select * from final
