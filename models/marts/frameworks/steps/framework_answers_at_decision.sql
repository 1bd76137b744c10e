-- An answer noted when the deal was already decided knows the outcome: it does not count.

with episodes as (

    select * from {{ ref('framework_decided_episodes') }}

),

hearings as (

    select * from {{ ref('framework_hearings') }}
    where question is not null

),

numbered as (

    select
        episodes.lead_id,
        episodes.episode_no,
        episodes.is_won,
        hearings.question,
        hearings.state,
        row_number() over (
            partition by episodes.lead_id, episodes.episode_no, hearings.question
            order by hearings.answered_at desc, hearings.activity_id desc
        ) as newest_no
    from episodes
    inner join hearings
        on episodes.lead_id = hearings.lead_id
        and hearings.answered_at < episodes.decided_at

),

final as (

    select
        lead_id,
        episode_no,
        question,
        state,
        is_won
    from numbered
    where newest_no = 1

)

select * from final
