-- Whom an address may draw together: persons as ids made them, each with the lead that would stay.

with persons as (

    select * from {{ ref('int_identity_explicit') }}

),

leads as (

    select
        leads.*,
        coalesce(persons.person_id, leads.lead_id) as person_id
    from {{ ref('int_identity_leads') }} as leads
    left join persons on leads.lead_id = persons.lead_id

),

addressed as (

    select distinct leads.person_id
    from {{ ref('int_identity_addresses') }} as addresses
    inner join leads on addresses.lead_id = leads.lead_id
    where addresses.conflict_reason is null

),

final as (

    select
        leads.lead_id,
        leads.person_id,
        leads.source,
        first_value(leads.source_position) over person as source_position,
        first_value(leads.created_at) over person as created_at,
        first_value(leads.lead_id) over person as head_lead_id
    from leads
    inner join addressed on leads.person_id = addressed.person_id
    window person as (partition by leads.person_id order by {{ survivor_order('leads') }})

)

select * from final
