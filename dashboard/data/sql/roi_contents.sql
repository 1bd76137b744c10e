-- Contents met before a stage and what came after, the surest first.
select
    content,
    content_name,
    content_type,
    n,
    k,
    rate,
    base_rate,
    lift,
    ci_low,
    ci_high,
    difference_low,
    difference_high,
    verdict
from marts.mart_content_outcomes
where outcome = $outcome
    and n >= 10
order by ci_low desc, content
limit $limit
