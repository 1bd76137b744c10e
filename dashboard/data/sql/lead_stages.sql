-- The stages one lead went through.
select
    episode_no,
    stage,
    entered_at,
    exited_at,
    next_stage,
    days_in_stage,
    is_imputed,
    scorecard_version,
    qualified_by
from marts.fct_stage_entries
where lead_id = $lead_id
order by entered_at, episode_no
limit 200
