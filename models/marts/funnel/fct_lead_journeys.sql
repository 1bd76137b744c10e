-- The score on a page that judges the rules is the one at hand-over: the ledger of the version in force at
-- that moment, up to that moment, and nothing after it.

with instants as (

    select * from {{ ref('funnel_instants') }}

),

leads as (

    select * from {{ ref('int_leads') }}

),

versions as (

    select * from {{ ref('scoring_versions') }}
    where is_in_force

),

ledger as (

    select * from {{ ref('fct_score_ledger') }}

),

handover_versions as (

    select
        instants.lead_id,
        instants.episode_no,
        instants.handed_over_at,
        versions.version
    from instants
    inner join versions
        on instants.handed_over_at >= versions.from_at
        and instants.handed_over_at < versions.to_at

),

handover_scores as (

    select
        handover_versions.lead_id,
        handover_versions.episode_no,
        sum({{ decayed_points('ledger.points', 'ledger.decay', 'ledger.decay_days', 'ledger.occurred_at', 'handover_versions.handed_over_at') }}) as score
    from handover_versions
    inner join ledger
        on handover_versions.lead_id = ledger.lead_id
        and handover_versions.version = ledger.scorecard_version
        and ledger.occurred_at <= handover_versions.handed_over_at
    group by handover_versions.lead_id, handover_versions.episode_no

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
        case
            when instants.handed_over_at is not null
                then cast(coalesce(handover_scores.score, 0) as double)
        end as score_at_handoff,
        instants.amount,
        instants.deal_id
    from instants
    inner join leads on instants.lead_id = leads.lead_id
    left join handover_scores
        on instants.lead_id = handover_scores.lead_id
        and instants.episode_no = handover_scores.episode_no

)

select * from final
