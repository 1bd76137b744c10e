-- Which rule gave one lead how many points, and what a cap or time took away.
select
    rule_id,
    axis,
    label_ja,
    label_en,
    firings,
    points,
    points_lost_to_cap,
    points_lost_to_decay,
    last_fired_at
from marts.lead_score_breakdown
where lead_id = $lead_id
order by axis desc, points desc, rule_id
limit 200
