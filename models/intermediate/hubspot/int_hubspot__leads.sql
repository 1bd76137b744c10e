-- Contacts, and those that went into another one: of a merge, or by the numbers that a contact says it has swallowed. One
-- whose own row is still in the export is merged by that row.

with contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

merged_ids as (

    select * from {{ ref('stg_hubspot__merged_ids') }}

),

swallowed as (

    select
        lead_id,
        min(merged_into_lead_id) as merged_into_lead_id
    from merged_ids
    group by lead_id

),

known_contacts as (

    select distinct lead_id
    from contacts
    where broken_rule is null

),

final as (

    select {{ staged_columns('leads', 'contacts', {'merged_into_lead_id': 'swallowed.merged_into_lead_id'}) }}
    from contacts
    left join swallowed on contacts.lead_id = swallowed.lead_id

    union all

    select * from {{ ref('stg_hubspot__contact_merges') }}

    union all

    select merged_ids.*
    from merged_ids
    left join known_contacts on merged_ids.lead_id = known_contacts.lead_id
    where known_contacts.lead_id is null

)

select * from final
