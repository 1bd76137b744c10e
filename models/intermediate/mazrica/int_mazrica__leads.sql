-- People with what their company's row says; a company of several loads is as its last one says.

with people as (

    select
        *,
        company_domain as account_id,
        min(created_at) over (partition by lead_id) as first_created_at
    from {{ ref('stg_mazrica__contacts') }}

),

ranked as (

    select
        *,
        row_number() over (partition by account_id order by _loaded_at desc, _file desc, _line desc) as copy_no
    from {{ ref('stg_mazrica__account') }}
    where account_id is not null

),

accounts as (

    select
        *,
        {{ parse_bigint('employee_count') }} as employees
    from ranked
    where copy_no = 1

),

final as (

    select
        {{ staged_columns('leads', 'people', {
            'company_name': 'coalesce(accounts.name, people.company_name)',
            'company_domain': 'accounts.domain',
            'industry': 'accounts.industry',
            'employee_count': 'accounts.employees',
            'prefecture': 'accounts.prefecture',
            'created_at': 'people.first_created_at',
            'updated_at': 'coalesce(people.updated_at, people._loaded_at)',
        }) }}
    from people
    left join accounts on people.account_id = accounts.account_id

)

select * from final
