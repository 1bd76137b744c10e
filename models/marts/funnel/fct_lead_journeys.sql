with instants as (

    select * from {{ ref('funnel_instants') }}

),

leads as (

    select * from {{ ref('int_leads') }}

),

lead_segments as (

    select * from {{ ref('scoring_lead_segments') }}

),

handoff_scores as (

    select * from {{ ref('fct_handoff_scores') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        instants.lead_id,
        instants.episode_no,
        leads.channel,
        leads.campaign,
        leads.content,
        leads.industry,
        leads.job_level,
        leads.product,
        leads.owner_id,
        lead_segments.segment,
        instants.lead_at,
        instants.mql_at,
        instants.sql_at,
        instants.opportunity_at,
        instants.won_at,
        instants.lost_at,
        instants.returned_at,
        instants.return_reason,
        instants.lost_reason,
        instants.handed_over_at,
        handoff_scores.score as score_at_handoff,
        instants.amount,
        instants.deal_id
    from instants
    inner join leads on instants.lead_id = leads.lead_id
    left join lead_segments on instants.lead_id = lead_segments.lead_id
    left join handoff_scores
        on instants.lead_id = handoff_scores.lead_id
        and instants.handed_over_at = handoff_scores.handed_over_at

)

select * from final
