-- Who each version makes an MQL or SQL when it is replayed over all of history, among the leads that it is for, and what
-- became of them in fact.

with qualifications as (

    select * from {{ ref('fct_qualifications') }}
    where basis = 'replay'

),

versions as (

    select * from {{ ref('scoring_versions') }}

),

lead_segments as (

    select * from {{ ref('scoring_lead_segments') }}

),

journeys as (

    select * from {{ ref('fct_lead_journeys') }}

),

qualified as (

    select
        qualifications.scorecard_version as version,
        qualifications.lead_id,
        qualifications.stage,
        count(*) as episode_count,
        min(qualifications.qualified_at) as qualified_at,
        min_by(qualifications.path, qualifications.episode_no) as path
    from qualifications
    inner join versions on qualifications.scorecard_version = versions.version
    inner join lead_segments
        on qualifications.lead_id = lead_segments.lead_id
        and versions.segment = lead_segments.segment
    group by qualifications.scorecard_version, qualifications.lead_id, qualifications.stage

),

outcomes as (

    select
        lead_id,
        max(case when sql_at is not null then 1 else 0 end) as sql_flag,
        max(case when won_at is not null then 1 else 0 end) as won_flag,
        max(case when lost_at is not null then 1 else 0 end) as lost_flag,
        max(case when returned_at is not null then 1 else 0 end) as returned_flag
    from journeys
    group by lead_id

),

final as (

    select
        qualified.version,
        qualified.lead_id,
        qualified.stage,
        qualified.episode_count,
        qualified.qualified_at,
        qualified.path,
        outcomes.sql_flag = 1 as is_sql,
        outcomes.won_flag = 1 as is_won,
        -- a lead that was won in another episode is not one that we lost
        outcomes.lost_flag = 1 and outcomes.won_flag = 0 as is_lost,
        outcomes.returned_flag = 1 as is_returned
    from qualified
    inner join outcomes on qualified.lead_id = outcomes.lead_id

)

select * from final
