-- One row an episode with the instant of each stage, as it was seen (seen_*) and as it counts. A stage that
-- was skipped, or recorded later than the next one, takes the instant of the next one that is known:
-- nobody can be won before being an opportunity, and no stage lasts less than nothing.

with episodes as (

    select * from {{ ref('funnel_episodes') }}

),

qualifications as (

    select
        lead_id,
        episode_no,
        min(case when stage = 'mql' then qualified_at end) as mql_at,
        min(case when stage = 'sql' then qualified_at end) as sql_at,
        min(case when stage = 'mql' then path end) as mql_path,
        min(case when stage = 'sql' then path end) as sql_path,
        min(case when stage = 'mql' then scorecard_version end) as mql_version,
        min(case when stage = 'sql' then scorecard_version end) as sql_version
    from {{ ref('funnel_qualifications') }}
    where basis = 'in_force'
    group by lead_id, episode_no

),

outcomes as (

    select * from {{ ref('funnel_deal_outcomes') }}

),

recorded as (

    select * from {{ ref('funnel_recorded_stages') }}

),

handovers as (

    select * from {{ ref('funnel_handovers') }}

),

seen as (

    select
        episodes.*,
        qualifications.mql_at as seen_mql_at,
        qualifications.sql_at as seen_sql_at,
        qualifications.mql_path,
        qualifications.sql_path,
        qualifications.mql_version,
        qualifications.sql_version,
        coalesce(outcomes.opportunity_at, recorded.opportunity_at) as seen_opportunity_at,
        case when outcomes.lead_id is null then recorded.won_at else outcomes.won_at end as won_at,
        case
            when outcomes.lead_id is null then case when recorded.won_at is null then recorded.lost_at end
            else outcomes.lost_at
        end as lost_at,
        coalesce(outcomes.lost_reason, recorded.lost_reason) as lost_reason,
        outcomes.deal_id,
        outcomes.amount,
        handovers.handed_over_at as seen_handed_over_at
    from episodes
    left join qualifications
        on episodes.lead_id = qualifications.lead_id
        and episodes.episode_no = qualifications.episode_no
    left join outcomes
        on episodes.lead_id = outcomes.lead_id
        and episodes.episode_no = outcomes.episode_no
    left join recorded
        on episodes.lead_id = recorded.lead_id
        and episodes.episode_no = recorded.episode_no
    left join handovers
        on episodes.lead_id = handovers.lead_id
        and episodes.episode_no = handovers.episode_no

),

opportunities as (

    select
        seen.*,
        least(seen_opportunity_at, won_at, lost_at) as opportunity_at
    from seen

),

sqls as (

    select
        opportunities.*,
        least(seen_sql_at, opportunity_at) as sql_at
    from opportunities

),

mqls as (

    select
        sqls.*,
        least(seen_mql_at, sql_at) as mql_at
    from sqls

),

final as (

    select
        mqls.*,
        least(starts_at, mql_at) as lead_at,
        coalesce(seen_handed_over_at, sql_at) as handed_over_at
    from mqls

)

select * from final
