-- The score against its result: an episode at its hand-over (or, never handed over, at its qualifying), and every won
-- deal once. A hand-over has the score that was frozen. Whoever has had less time than nine of ten deals took is undecided.

with episodes as (

    select * from {{ ref('feedback_episodes') }}

),

journeys as (

    select * from {{ ref('fct_lead_journeys') }}

),

handoff_scores as (

    select * from {{ ref('fct_handoff_scores') }}

),

moments as (

    select * from {{ ref('feedback_moments') }}
    where moment = 'qualified'

),

versions as (

    select * from {{ ref('scoring_versions') }}

),

ripening as (

    select * from {{ ref('feedback_ripening') }}

),

scored as (

    select
        episodes.*,
        journeys.channel,
        coalesce(handoff_scores.scorecard_version, episodes.version) as scorecard_version,
        case
            when episodes.basis = 'handoff' then handoff_scores.score
            else moments.score
        end as score,
        coalesce({{ days_between('episodes.scored_at', as_of()) }} >= ripening.p90_days, false) as is_ripe
    from episodes
    inner join journeys on episodes.lead_id = journeys.lead_id and episodes.episode_no = journeys.episode_no
    left join handoff_scores
        on episodes.lead_id = handoff_scores.lead_id
        -- a condition on one side alone would make DuckDB compare every pair of rows
        and case when episodes.basis = 'handoff' then episodes.scored_at end = handoff_scores.handed_over_at
    left join moments on episodes.lead_id = moments.lead_id and episodes.episode_no = moments.episode_no
    left join ripening on episodes.basis = ripening.basis

),

told as (

    select
        'episode:' || lead_id || ':' || cast(episode_no as {{ dbt.type_string() }}) as outcome_id,
        scored.*,
        {{ outcome_of_episode() }} as outcome
    from scored

    union all

    -- a further deal of an episode has the episode's score, a deal of nobody has none
    select
        'deal:' || won_deals.deal_id as outcome_id,
        won_deals.lead_id, won_deals.episode_no, 'deal' as basis, scored.scored_at, scored.version, scored.is_mql,
        scored.qualified_at, true as is_worked, scored.opportunity_at, won_deals.won_at, null as lost_at, null as returned_at, won_deals.deal_id,
        won_deals.amount, scored.channel, scored.scorecard_version, scored.score, true as is_ripe, 'won' as outcome
    from {{ ref('feedback_won_deals') }} as won_deals
    left join scored
        on won_deals.lead_id = scored.lead_id and won_deals.episode_no = scored.episode_no

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        told.outcome_id, told.lead_id, told.episode_no, told.basis, told.scored_at, told.scorecard_version, told.channel,
        cast(told.score as double) as score_at_handoff,
        cast(versions.mql_score as double) as threshold,
        told.score >= versions.mql_score as is_above_threshold,
        coalesce(told.is_mql, false) as is_mql,
        told.is_worked,
        told.is_ripe,
        told.outcome,
        {{ outcome_class('told.score >= versions.mql_score', 'told.outcome', 'told.opportunity_at') }} as class,
        told.deal_id,
        told.amount
    from told
    left join versions on told.scorecard_version = versions.version

)

select * from final
