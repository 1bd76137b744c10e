-- What became of the MQLs of two versions.
select
    lead_group,
    outcome,
    n,
    k,
    rate,
    ci_low,
    ci_high,
    diff_value,
    diff_low,
    diff_high
from marts.mart_version_outcomes
where from_version = $from_version and to_version = $to_version
