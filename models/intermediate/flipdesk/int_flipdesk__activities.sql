-- A member is the lead that the company's own list says. One that is in no list waits in quarantine.

with conversions as (

    select * from {{ ref('stg_flipdesk__conversions') }}

),

members as (

    -- a member that is two leads is the one with the lower key
    select member_id, min(lead_key) as lead_key
    from {{ ref('stg_flipdesk__member') }}
    where member_id is not null
    group by member_id

),

{{ leads_by_key() }},

final as (

    select {{ staged_columns('activities', 'conversions', {
        'lead_id': 'coalesce(known.lead_id, addresses.lead_id, members.lead_key, ' ~ id_of('flipdesk:member', 'conversions.lead_id') ~ ')',
    }) }}
    from conversions
    left join members on conversions.lead_id = members.member_id
    left join known on members.lead_key = known.lead_id
    left join addresses on lower(members.lead_key) = addresses.email

)

select * from final
