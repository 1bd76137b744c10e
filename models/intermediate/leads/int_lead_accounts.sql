-- The company of a lead: by its domain, else by the domain of its address, else by its name. A domain of free
-- mail is nobody's company. Names are never set equal to domains: many companies share a name.

with leads as (

    select * from {{ ref('int_leads') }}

),

names as (

    select * from {{ ref('int_company_names') }}

),

free_mail as (

    select * from {{ ref('free_mail_domains') }}

),

domains as (

    select
        lead_id,
        company_name,
        {{ plain_domain('company_domain') }} as company_domain,
        {{ plain_domain('email_domain') }} as email_domain
    from leads

),

own_domains as (

    select
        domains.lead_id,
        domains.company_name,
        coalesce(
            case when company_free_mail.domain is null then domains.company_domain end,
            case when email_free_mail.domain is null then domains.email_domain end
        ) as domain
    from domains
    left join free_mail as company_free_mail on domains.company_domain = lower(company_free_mail.domain)
    left join free_mail as email_free_mail on domains.email_domain = lower(email_free_mail.domain)

),

final as (

    select
        own_domains.lead_id,
        case
            when own_domains.domain is not null then own_domains.domain
            when names.company_word is not null then 'name:' || names.company_word
        end as account_key,
        case
            when own_domains.domain is not null then 'domain'
            when names.company_word is not null then 'name'
            else 'none'
        end as account_kind,
        own_domains.domain
    from own_domains
    left join names on own_domains.company_name = names.company_name

)

select * from final
