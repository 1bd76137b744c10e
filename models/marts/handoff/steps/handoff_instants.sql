-- The instants of each hand-over. What a source does not deliver is told by what it does: a lead that was assigned in the SFA
-- had come there, and the first call, meeting or deal after the hand-over was a contact.

with instants as (

    select * from {{ ref('funnel_instants') }}
    where handed_over_at is not null

),

events as (

    select * from {{ ref('handoff_events') }}

),

leads as (

    select lead_id, owner_id from {{ ref('int_leads') }}

),

scores as (

    select * from {{ ref('fct_handoff_scores') }}

),

members as (

    select * from {{ ref('team_members') }}

),

joined as (

    select
        instants.*,
        events.listed_at,
        coalesce(events.synced_at, events.assigned_at) as synced_at,
        events.assigned_at,
        coalesce(events.contacted_at, least(events.called_at, instants.opportunity_at)) as first_contact_at,
        least(instants.opportunity_at, instants.returned_at) as disposed_at,
        events.contacted_at is null as is_contact_unrecorded,
        events.synced_at is null and events.assigned_at is not null as is_sync_derived,
        coalesce(events.owner_id, leads.owner_id) as owner_id,
        scores.score
    from instants
    inner join leads on instants.lead_id = leads.lead_id
    left join events
        on instants.lead_id = events.lead_id
        and instants.episode_no = events.episode_no
    left join scores
        on instants.lead_id = scores.lead_id
        and instants.handed_over_at = scores.handed_over_at

),

final as (

    select
        joined.*,
        coalesce(members.team, 'all') as team,
        case when sql_at <= handed_over_at then sql_at when mql_at <= handed_over_at then mql_at end as qualified_at
    from joined
    left join members
        on joined.owner_id = members.owner_id
        and {{ local_day('joined.handed_over_at') }} >= members.valid_from
        and ({{ local_day('joined.handed_over_at') }} < members.valid_to or members.valid_to is null)

)

select * from final
