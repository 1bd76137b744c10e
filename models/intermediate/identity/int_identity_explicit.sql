-- Second: tools that keep each other's ids, between the groups that were decided.

with decided as (

    select * from {{ ref('int_identity_decided') }}

),

claims as (

    select
        coalesce(mine.group_id, edges.lead_id) as node,
        coalesce(theirs.group_id, edges.other_lead_id) as other,
        edges.lead_id,
        edges.other_lead_id
    from {{ ref('int_identity_edges') }} as edges
    left join decided as mine on edges.lead_id = mine.lead_id
    left join decided as theirs on edges.other_lead_id = theirs.lead_id
    where edges.link_reason = 'explicit_id' and edges.conflict_reason is null

),

links as (

    select node, other from claims

    union all

    select other as node, node as other from claims

    union all

    select node, node as other from claims

    union all

    select other as node, other from claims

),

apart as (

    select
        coalesce(mine.group_id, pairs.lead_id) as node,
        coalesce(theirs.group_id, pairs.other_lead_id) as other
    from {{ ref('int_identity_apart') }} as pairs
    left join decided as mine on pairs.lead_id = mine.lead_id
    left join decided as theirs on pairs.other_lead_id = theirs.lead_id

),

{{ groups_of('links', 'apart') }},

linked_leads as (

    select lead_id, node from claims

    union

    select other_lead_id as lead_id, other as node from claims

    union

    select lead_id, group_id as node from decided

),

final as (

    select
        linked_leads.lead_id,
        coalesce(grouped.group_id, linked_leads.node) as person_id,
        grouped.conflict_reason
    from linked_leads
    left join grouped on linked_leads.node = grouped.node

)

select * from final
