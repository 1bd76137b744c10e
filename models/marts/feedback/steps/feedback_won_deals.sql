-- Won deals that no episode shows: further deals of one episode, and deals of nobody we know.

with deals as (

    select * from {{ ref('int_deals') }}
    where is_won

),

shown as (

    select distinct deal_id
    from {{ ref('feedback_episodes') }}
    where deal_id is not null and won_at is not null

),

episodes as (

    select * from {{ ref('funnel_episodes') }}

),

final as (

    select
        deals.deal_id,
        episodes.lead_id,
        episodes.episode_no,
        deals.closed_at as won_at,
        deals.amount
    from deals
    left join shown on deals.deal_id = shown.deal_id
    left join episodes
        on deals.lead_id = episodes.lead_id
        and deals.created_at > episodes.counts_from
        and deals.created_at <= episodes.ends_at
    where shown.deal_id is null

)

select * from final
