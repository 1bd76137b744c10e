-- The leads that are one with others, by ids, decisions or addresses, with the one that stays; and those of whom a link was refused.

with leads as (

    select * from {{ ref('int_identity_leads') }}

),

decided as (

    select * from {{ ref('int_identity_decided') }}

),

persons as (

    select * from {{ ref('int_identity_explicit') }}

),

stars as (

    select * from {{ ref('int_identity_stars') }}

),

-- for each lead the other end of one link of each kind that holds, and one refusal
told as (

    select link_reason, lead_id, said_other_lead_id, conflict_reason
    from {{ ref('int_identity_edges') }}

    union all

    select link_reason, other_lead_id as lead_id, lead_id as said_other_lead_id, conflict_reason
    from {{ ref('int_identity_edges') }}
    where conflict_reason is null

),

ids as (

    select
        lead_id,
        min(case when conflict_reason is null and link_reason = 'decision' then said_other_lead_id end) as decided_lead_id,
        min(case when conflict_reason is null and link_reason = 'explicit_id' then said_other_lead_id end) as explicit_lead_id,
        min(conflict_reason) as conflict_reason
    from told
    group by lead_id

),

addresses as (

    select lead_id, min(conflict_reason) as conflict_reason
    from {{ ref('int_identity_addresses') }}
    where conflict_reason is not null
    group by lead_id

),

joined as (

    select
        leads.lead_id,
        leads.source_position,
        leads.created_at,
        ids.decided_lead_id,
        ids.explicit_lead_id,
        stars.address,
        decided.lead_id is not null and decided.conflict_reason is null as is_decided,
        coalesce(persons.person_id, leads.lead_id) as explicit_id,
        coalesce(case when stars.conflict_reason is null then stars.hub_id end, persons.person_id, leads.lead_id) as person_id,
        coalesce(
            decided.conflict_reason, persons.conflict_reason, ids.conflict_reason,
            stars.conflict_reason, addresses.conflict_reason
        ) as conflict_reason
    from leads
    left join decided on leads.lead_id = decided.lead_id
    left join persons on leads.lead_id = persons.lead_id
    left join stars on coalesce(persons.person_id, leads.lead_id) = stars.person_id
    left join (select distinct hub_id from {{ ref('int_identity_stars') }}) as hubs on coalesce(persons.person_id, leads.lead_id) = hubs.hub_id
    left join ids on leads.lead_id = ids.lead_id
    left join addresses on leads.lead_id = addresses.lead_id
    where persons.lead_id is not null or stars.person_id is not null or hubs.hub_id is not null
        or ids.lead_id is not null or addresses.lead_id is not null

),

ranked as (

    select
        joined.*,
        first_value(lead_id) over (partition by person_id order by {{ survivor_order('joined') }}) as survivor_id,
        first_value(lead_id) over (partition by explicit_id order by {{ survivor_order('joined') }}) as head_lead_id
    from joined

),

final as (

    select
        lead_id as source_lead_id,
        survivor_id as lead_id,
        case
            when lead_id = survivor_id then 'self'
            when lead_id = head_lead_id then 'email'
            when is_decided then 'decision'
            else 'explicit_id'
        end as link_reason,
        case when lead_id = head_lead_id and lead_id <> survivor_id then address end as address,
        case when is_decided then decided_lead_id else explicit_lead_id end as other_lead_id,
        conflict_reason
    from ranked

)

select * from final
