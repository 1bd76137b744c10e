-- Who is in which deal: the links of the connector, and what exports of contacts and of deals list beside each other. Of these
-- lists only what is in the export counts: the other end may never have been asked for.

with links as (

    select * from {{ ref('stg_hubspot__deal_contacts') }}

),

listed as (

    select * from {{ ref('stg_hubspot__contact_deals') }}

    union all

    select * from {{ ref('stg_hubspot__deal_people') }}

),

known_contacts as (

    select distinct lead_id
    from {{ ref('stg_hubspot__contacts') }}
    where broken_rule is null

),

known_deals as (

    select distinct deal_id
    from {{ ref('stg_hubspot__deals') }}
    where broken_rule is null

),

final as (

    select * from links

    union all

    select listed.*
    from listed
    inner join known_contacts on listed.lead_id = known_contacts.lead_id
    inner join known_deals on listed.deal_id = known_deals.deal_id

)

select * from final
