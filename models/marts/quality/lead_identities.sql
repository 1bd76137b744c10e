-- Which lead each lead id of a source stands for, and why: every link can be explained here and undone in
-- seeds/agreement/identity_exceptions.csv.

with lead_ids as (

    select * from {{ ref('int_lead_ids') }}
    where row_status in ('loaded', 'merged')

),

leads as (

    select lead_id from {{ ref('int_leads') }}

),

merges as (

    select * from {{ ref('int_lead_merges') }}

),

links as (

    select * from {{ ref('int_identity_links') }}

),

explained as (

    select
        lead_ids._source as source,
        lead_ids.source_lead_id,
        lead_ids.lead_id,
        case
            when links.source_lead_id is not null then links.link_reason
            when lead_ids.source_lead_id = lead_ids.lead_id then 'self'
            else 'merge'
        end as link_reason,
        links.address,
        links.other_lead_id,
        merges.merged_into_lead_id,
        coalesce(case when merges.is_undone then 'decided_different' end, links.conflict_reason) as conflict_reason
    from lead_ids
    inner join leads on lead_ids.lead_id = leads.lead_id
    left join merges on lead_ids.source_lead_id = merges.lead_id
    left join links on lead_ids.source_lead_id = links.source_lead_id

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        source,
        source_lead_id,
        lead_id,
        link_reason,
        case
            when link_reason = 'merge' then merged_into_lead_id
            when link_reason = 'email' then {{ masked_address('address') }}
            when link_reason in ('decision', 'explicit_id') then other_lead_id
        end as link_detail_masked,
        conflict_reason is not null as is_conflict,
        conflict_reason
    from explained

)

select * from final
