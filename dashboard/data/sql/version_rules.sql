-- The points of one version.
select
    rule_id,
    axis,
    subject,
    field,
    operator,
    value,
    points,
    distinct_by,
    cap_points,
    cap_period,
    rule_group,
    group_cap_points,
    decay,
    decay_days,
    label_ja,
    label_en,
    reason
from marts.dim_scoring_rules
where version = $version
order by axis desc, points desc, rule_id
