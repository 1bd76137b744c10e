with lead_accounts as (

    select * from {{ ref('int_lead_accounts') }}
    where account_key is not null

),

leads as (

    select * from {{ ref('int_leads') }}

),

members as (

    select
        lead_accounts.account_key,
        lead_accounts.account_kind,
        lead_accounts.domain,
        leads.company_name,
        leads.industry,
        leads.employee_count,
        leads.created_at
    from lead_accounts
    inner join leads on lead_accounts.lead_id = leads.lead_id

),

spelling_counts as (

    select
        account_key,
        company_name,
        count(*) as lead_count
    from members
    where company_name is not null
    group by account_key, company_name

),

spellings as (

    select
        account_key,
        company_name
    from spelling_counts
    qualify row_number() over (partition by account_key order by lead_count desc, company_name) = 1

),

industry_counts as (

    select
        account_key,
        industry,
        count(*) as lead_count
    from members
    where industry is not null
    group by account_key, industry

),

industries as (

    select
        account_key,
        industry
    from industry_counts
    qualify row_number() over (partition by account_key order by lead_count desc, industry) = 1

),

accounts as (

    select
        account_key,
        account_kind,
        domain,
        max(employee_count) as employee_count,
        count(*) as lead_count,
        min(created_at) as first_seen_at
    from members
    group by account_key, account_kind, domain

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        accounts.account_key,
        accounts.account_kind,
        accounts.domain,
        spellings.company_name,
        industries.industry,
        cast(accounts.employee_count as bigint) as employee_count,
        accounts.lead_count,
        accounts.first_seen_at
    from accounts
    left join spellings on accounts.account_key = spellings.account_key
    left join industries on accounts.account_key = industries.account_key

)

select * from final
