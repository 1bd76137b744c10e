-- The first moment in an episode at which a definition held, and the path that did it: under the version in force
-- (in_force), and under each version as if it had always held for everybody (replay). After a return only a new fact
-- counts: the old points alone do not send a lead back.

with candidates as (

    select * from {{ ref('scoring_candidates') }}
    where stage in ('mql', 'sql')

),

lead_windows as (

    select * from {{ ref('scoring_lead_windows') }}

),

episodes as (

    select * from {{ ref('funnel_episodes') }}

),

decided as (

    select
        'in_force' as basis,
        candidates.lead_id,
        candidates.stage,
        candidates.version,
        candidates.path,
        candidates.candidate_at,
        candidates.is_new_fact
    from candidates
    inner join lead_windows
        on candidates.lead_id = lead_windows.lead_id
        and candidates.version = lead_windows.version
        and {{ is_in_force('lead_windows', 'candidates.candidate_at') }}

    union all

    select
        'replay' as basis,
        lead_id,
        stage,
        version,
        path,
        candidate_at,
        is_new_fact
    from candidates
    where is_new_fact

),

placed as (

    select
        decided.*,
        episodes.episode_no
    from decided
    inner join episodes
        on decided.lead_id = episodes.lead_id
        and decided.candidate_at > episodes.counts_from
        and decided.candidate_at <= episodes.ends_at
    where episodes.episode_no = 1 or decided.is_new_fact

),

path_firsts as (

    -- the first moment of each path first: to number every moment would sort most of them for nothing
    select
        basis,
        lead_id,
        episode_no,
        stage,
        version,
        path,
        min(candidate_at) as candidate_at
    from placed
    group by basis, lead_id, episode_no, stage, version, path

),

final as (

    select
        basis,
        lead_id,
        episode_no,
        stage,
        version as scorecard_version,
        path,
        candidate_at as qualified_at
    from path_firsts
    qualify row_number() over (
        partition by basis, case when basis = 'replay' then version end, lead_id, episode_no, stage
        order by candidate_at, path
    ) = 1

)

select * from final
