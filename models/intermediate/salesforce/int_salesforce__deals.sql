-- Opportunities with the person they are with: the primary contact role, else the first, else the lead that was converted
-- to it; of people who are not in the export, none. The close date of an open opportunity is a hope.

with opportunities as (

    select * from {{ ref('stg_salesforce__opportunities') }}

),

known_people as (

    select distinct lead_id
    from {{ ref('int_salesforce__leads') }}
    where broken_rule is null

),

roles as (

    select
        roles.deal_id,
        coalesce(min(roles.lead_id) filter (where roles.is_primary), min(roles.lead_id)) as lead_id
    from {{ ref('stg_salesforce__primary_roles') }} as roles
    inner join known_people on roles.lead_id = known_people.lead_id
    group by roles.deal_id

),

conversions as (

    select
        conversions.deal_id,
        min(conversions.lead_id) as lead_id
    from {{ ref('stg_salesforce__conversions') }} as conversions
    inner join known_people on conversions.lead_id = known_people.lead_id
    where conversions.deal_id is not null
    group by conversions.deal_id

),

final as (

    select {{ staged_columns('deals', 'opportunities', {
        'lead_id': 'coalesce(roles.lead_id, conversions.lead_id)',
        'closed_at': 'case when coalesce(opportunities.is_closed, true) then opportunities.closed_at end',
    }) }}
    from opportunities
    left join roles on opportunities.deal_id = roles.deal_id
    left join conversions on opportunities.deal_id = conversions.deal_id

)

select * from final
