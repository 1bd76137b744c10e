-- Whose touches may earn credit for a deal: its own people or, by the variable attribution_people, everybody of
-- their companies.

with people as (

    select * from {{ ref('int_deal_people') }}

),

accounts as (

    select
        lead_id,
        account_key
    from {{ ref('int_lead_accounts') }}
    where account_key is not null

),

final as (

    select
        deal_id,
        lead_id
    from people

    union

    select
        people.deal_id,
        colleagues.lead_id
    from people
    inner join accounts on people.lead_id = accounts.lead_id
    inner join accounts as colleagues on accounts.account_key = colleagues.account_key
    where '{{ var("attribution_people") }}' = 'account'

)

select * from final
