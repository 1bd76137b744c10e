-- The definitions of the stages of one version: MQL, SQL, then the company's own statuses;
-- points first, what the company's tool says last.
select
    stage,
    path,
    criterion,
    role,
    subject,
    field,
    operator,
    value,
    min_count,
    distinct_by,
    window_days,
    label_ja,
    label_en,
    reason
from marts.dim_stage_definitions
where version = $version
order by
    stage <> 'mql',
    stage <> 'sql',
    stage,
    max(case subject when 'score' then 0 when 'stage_change' then 2 else 1 end) over (partition by stage, path),
    path,
    subject <> 'lead',
    criterion
