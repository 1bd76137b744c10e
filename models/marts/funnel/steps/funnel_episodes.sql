-- A lead's life between returns. The first episode begins when the lead came, each later one with a return;
-- ends_at is the next return, or never.

with leads as (

    select * from {{ ref('int_leads') }}

),

returns as (

    select * from {{ ref('funnel_returns') }}

),

starts as (

    select
        lead_id,
        cast(1 as bigint) as episode_no,
        created_at as starts_at
    from leads

    union all

    select
        returns.lead_id,
        returns.episode_no + 1 as episode_no,
        returns.returned_at as starts_at
    from returns
    inner join leads on returns.lead_id = leads.lead_id

),

final as (

    select
        starts.lead_id,
        starts.episode_no,
        starts.starts_at,
        case when starts.episode_no = 1 then cast('1900-01-01 00:00:00' as timestamp) else starts.starts_at end as counts_from,
        coalesce(returns.returned_at, cast('9999-12-31 00:00:00' as timestamp)) as ends_at,
        returns.returned_at,
        returns.return_reason
    from starts
    left join returns
        on starts.lead_id = returns.lead_id
        and starts.episode_no = returns.episode_no

)

select * from final
