-- What the deals of an episode say together. Won if any is won; lost only when all are decided and none is
-- won. The deal shown is the first won one, else the first one.

with deals as (

    select * from {{ ref('int_deals') }}
    where lead_id is not null

),

episodes as (

    select * from {{ ref('funnel_episodes') }}

),

placed as (

    select
        episodes.lead_id,
        episodes.episode_no,
        deals.deal_id,
        deals.created_at,
        deals.closed_at,
        deals.is_closed,
        deals.is_won,
        deals.lost_reason,
        deals.amount,
        row_number() over (
            partition by episodes.lead_id, episodes.episode_no
            order by case when deals.is_won then 0 else 1 end, coalesce(deals.closed_at, deals.created_at), deals.deal_id
        ) as deal_no
    from deals
    inner join episodes
        on deals.lead_id = episodes.lead_id
        and deals.created_at > episodes.counts_from
        and deals.created_at <= episodes.ends_at

),

final as (

    select
        lead_id,
        episode_no,
        min(least(created_at, coalesce(closed_at, created_at))) as opportunity_at,
        min(case when is_won then closed_at end) as won_at,
        case
            when max(case when is_won or not is_closed then 1 else 0 end) = 0 then max(closed_at)
        end as lost_at,
        max(case when deal_no = 1 then deal_id end) as deal_id,
        max(case when deal_no = 1 then amount end) as amount,
        max(case when deal_no = 1 then lost_reason end) as lost_reason
    from placed
    group by lead_id, episode_no

)

select * from final
