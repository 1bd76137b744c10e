-- The first moment in an episode at which a definition held, and the path that did it. After a return
-- only a new fact counts: the old points alone do not send a lead back.

with candidates as (

    select * from {{ ref('scoring_candidates') }}

),

episodes as (

    select * from {{ ref('funnel_episodes') }}

),

placed as (

    select
        candidates.lead_id,
        episodes.episode_no,
        candidates.stage,
        candidates.version,
        candidates.path,
        candidates.candidate_at
    from candidates
    inner join episodes
        on candidates.lead_id = episodes.lead_id
        and candidates.candidate_at > episodes.counts_from
        and candidates.candidate_at <= episodes.ends_at
    where episodes.episode_no = 1 or candidates.is_new_fact

),

final as (

    select
        lead_id,
        episode_no,
        stage,
        version as scorecard_version,
        path,
        candidate_at as qualified_at
    from placed
    qualify row_number() over (
        partition by lead_id, episode_no, stage
        order by candidate_at, path
    ) = 1

)

select * from final
