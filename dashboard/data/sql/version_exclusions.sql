-- Whom one version leaves out.
select
    disqualifier_id,
    subject,
    field,
    operator,
    value,
    is_blocking,
    label_ja,
    label_en,
    reason
from marts.dim_disqualifiers
where version = $version
order by is_blocking desc, disqualifier_id
