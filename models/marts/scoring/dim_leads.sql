with leads as (

    select * from {{ ref('int_leads') }}

),

channels as (

    select * from {{ ref('channels') }}

),

disqualified as (

    select
        disqualified.lead_id,
        disqualified.disqualified_reason
    from {{ ref('scoring_disqualified') }} as disqualified
    inner join {{ ref('scoring_lead_versions') }} as lead_versions
        on disqualified.lead_id = lead_versions.lead_id
        and disqualified.version = lead_versions.version

),

lead_segments as (

    select * from {{ ref('scoring_lead_segments') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        leads.lead_id,
        md5('{{ var("lead_key_salt") }}' || ':' || leads.lead_id) as lead_key,
        leads.channel,
        coalesce(channels.channel_group, 'unmapped') as channel_group,
        leads.campaign,
        leads.content,
        leads.industry,
        leads.job_level,
        cast(leads.employee_count as bigint) as employee_count,
        leads.country,
        leads.prefecture,
        leads.product,
        leads.owner_id,
        lead_segments.segment,
        leads.created_at,
        leads.created_on,
        leads.is_opted_out,
        disqualified.disqualified_reason
    from leads
    left join channels on leads.channel = channels.channel
    left join lead_segments on leads.lead_id = lead_segments.lead_id
    left join disqualified on leads.lead_id = disqualified.lead_id

)

select * from final
