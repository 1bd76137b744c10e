-- Everybody in a deal: its lead, and the people attached to it.

with deals as (

    select * from {{ ref('int_deals') }}

),

contacts as (

    select * from {{ ref('int_deal_people_resolved') }}

),

people as (

    select
        deal_id,
        lead_id
    from deals
    where lead_id is not null

    union all

    select
        contacts.deal_id,
        contacts.lead_id
    from contacts
    inner join deals on contacts.deal_id = deals.deal_id
    where contacts.row_status = 'loaded'

),

final as (

    select distinct
        deal_id,
        lead_id
    from people

)

select * from final
