-- First of the ways in which leads become one: somebody decided it.

with edges as (

    select
        lead_id as node,
        other_lead_id as other
    from {{ ref('int_identity_edges') }}
    where link_reason = 'decision' and conflict_reason is null

),

links as (

    select node, other from edges

    union all

    select other as node, node as other from edges

    union all

    select node, node as other from edges

    union all

    select other as node, other from edges

),

apart as (

    select
        lead_id as node,
        other_lead_id as other
    from {{ ref('int_identity_apart') }}

),

{{ groups_of('links', 'apart') }},

final as (

    select
        node as lead_id,
        group_id,
        conflict_reason
    from grouped

)

select * from final
