-- Detects: a journey that is won before its opportunity, an SQL before its MQL, an MQL before its lead.
-- Because: tools date what they record when they record it; an instant that was not put right gives negative
--     times in stage and conversions of more than all.
-- A row means: the episode's instants as they are, at least two of them in the wrong order.

with journeys as (

    select * from {{ ref('fct_lead_journeys') }}

),

final as (

    select
        lead_id,
        episode_no,
        lead_at,
        mql_at,
        sql_at,
        opportunity_at,
        won_at,
        lost_at
    from journeys
    where mql_at < lead_at
        or sql_at < coalesce(mql_at, lead_at)
        or opportunity_at < coalesce(sql_at, mql_at, lead_at)
        or won_at < opportunity_at
        or lost_at < opportunity_at
        -- a stage that was reached without the one before it
        or (sql_at is not null and mql_at is null)
        or (opportunity_at is not null and sql_at is null)
        or (coalesce(won_at, lost_at) is not null and opportunity_at is null)
        -- decided twice
        or (won_at is not null and lost_at is not null)

)

select * from final
