-- The definitions of the stages of one version: MQL, SQL, then the company's own statuses;
-- points first, what the company's tool says last.
with criteria as (
    select * from marts.dim_stage_definitions
    where version = $version
),

paths as (
    select
        stage,
        path,
        max(case subject when 'score' then 0 when 'stage_change' then 2 else 1 end) as place
    from criteria
    group by stage, path
)

select
    criteria.stage,
    criteria.path,
    criteria.criterion,
    criteria.role,
    criteria.subject,
    criteria.field,
    criteria.operator,
    criteria.value,
    criteria.min_count,
    criteria.distinct_by,
    criteria.window_days,
    criteria.label_ja,
    criteria.label_en,
    criteria.reason
from criteria
inner join paths on criteria.stage = paths.stage and criteria.path = paths.path
order by
    criteria.stage <> 'mql',
    criteria.stage <> 'sql',
    criteria.stage,
    paths.place,
    criteria.path,
    criteria.subject <> 'lead',
    criteria.criterion
