-- A deal that names no person is that of the only person of its company; of several none is guessed. An open deal's day is
-- a hope: whether it is closed the vocabulary says of its phase.

with deals as (

    select
        *,
        min(created_at) over (partition by deal_id) as first_created_at
    from {{ ref('stg_mazrica__deals') }}

),

statuses as (

    select
        lower(source_status) as phase,
        max(stage) as stage
    from {{ ref('lead_statuses') }}
    group by lower(source_status)

),

only_people as (

    select
        company_domain as account_id,
        min(lead_id) as lead_id
    from {{ ref('stg_mazrica__contacts') }}
    where broken_rule is null and company_domain is not null
    group by company_domain
    having count(distinct lead_id) = 1

),

final as (

    select
        {{ staged_columns('deals', 'deals', {
            'lead_id': 'coalesce(deals.lead_id, only_people.lead_id)',
            'is_closed': "coalesce(statuses.stage in ('won', 'lost'), false)",
            'is_won': "coalesce(statuses.stage = 'won', false)",
            'closed_at': "case when statuses.stage in ('won', 'lost') then deals.closed_at end",
            'created_at': 'deals.first_created_at',
            'updated_at': 'coalesce(deals.updated_at, deals._loaded_at)',
        }) }}
    from deals
    left join statuses on lower(deals.stage) = statuses.phase
    left join only_people on deals.account_id = only_people.account_id

)

select * from final
