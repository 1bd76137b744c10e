-- Which leads are one because somebody said so: a tool that keeps another tool's id, or a decision. Ids of merged leads stand
-- for the lead that survived. An id that many leads of one source hold is a placeholder and no person.

with {{ identity_settings() }},

leads as (

    select lead_id, source from {{ ref('int_identity_leads') }}

),

merges as (

    select * from {{ ref('int_lead_merges') }}

),

apart as (

    select * from {{ ref('int_identity_apart') }}

),

said as (

    select
        'explicit_id' as link_reason,
        lead_id,
        same_as_lead_id as other_lead_id
    from {{ ref('int_identity_claims') }}
    where lead_id <> same_as_lead_id

    union all

    select
        'decision' as link_reason,
        lead_id,
        other_lead_id
    from {{ ref('int_identity_decisions') }}
    where is_as_written and decision = 'same'

),

rooted as (

    select distinct
        said.link_reason,
        said.lead_id as said_lead_id,
        said.other_lead_id as said_other_lead_id,
        leads.lead_id,
        leads.source,
        others.lead_id as other_lead_id
    from said
    left join merges on said.lead_id = merges.lead_id
    left join merges as other_merges on said.other_lead_id = other_merges.lead_id
    inner join leads on coalesce(merges.root_lead_id, said.lead_id) = leads.lead_id
    left join leads as others on coalesce(other_merges.root_lead_id, said.other_lead_id) = others.lead_id

),

crowds as (

    select
        rooted.source,
        rooted.said_other_lead_id
    from rooted
    cross join settings
    where rooted.link_reason = 'explicit_id'
    group by rooted.source, rooted.said_other_lead_id
    having count(distinct rooted.lead_id) > max(settings.claims_per_id)

),

final as (

    select
        rooted.link_reason,
        rooted.lead_id,
        rooted.other_lead_id,
        rooted.said_lead_id,
        rooted.said_other_lead_id,
        case
            when rooted.other_lead_id is null then 'unknown_id'
            when rooted.link_reason = 'explicit_id' and apart.lead_id is not null then 'decided_different'
            when crowds.source is not null then 'id_of_many'
        end as conflict_reason
    from rooted
    left join crowds
        on rooted.source = crowds.source
        and rooted.said_other_lead_id = crowds.said_other_lead_id
        and rooted.link_reason = 'explicit_id'
    left join apart on rooted.lead_id = apart.lead_id and rooted.other_lead_id = apart.other_lead_id
    where rooted.other_lead_id is null or rooted.lead_id <> rooted.other_lead_id

)

select * from final
