-- The rows held back by one rule (all where it is empty), where they stand; values are masked in the mart.
select
    source,
    "table" as table_name,
    file,
    line,
    "column" as column_name,
    rule,
    value,
    message
from marts.quarantine
where $rule = '' or rule = $rule
order by source, table_name, file, line, column_name, rule
limit $limit
