-- Every MQL, as the lead stood when it became one: did it become an SQL? Who has not after the time that nine in ten take
-- is counted as one that did not.
with qualified as (

    select
        lead_id,
        episode_no,
        mql_at as frozen_at,
        sql_at is not null as is_good,
        sql_at
    from marts.fct_lead_journeys
    where mql_at is not null

),

usual as (

    select quantile_cont(date_diff('hour', frozen_at, sql_at), 0.9) as p90_hours
    from qualified
    where is_good

)

select
    qualified.lead_id,
    qualified.episode_no,
    cast(null as double) as current_score,
    qualified.is_good,
    date_diff('hour', qualified.frozen_at, scores.as_of) >= coalesce(usual.p90_hours, 0) as is_known,
    leads.industry,
    leads.job_level,
    leads.employee_count,
    leads.channel as source_channel,
    leads.prefecture,
    leads.product
from qualified
inner join marts.dim_leads as leads on qualified.lead_id = leads.lead_id
cross join usual
cross join (select max(as_of) as as_of from marts.lead_scores) as scores
order by qualified.frozen_at, qualified.lead_id, qualified.episode_no
