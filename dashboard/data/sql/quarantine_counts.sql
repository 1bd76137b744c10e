-- Quarantined rows by the rule that stopped them.
select
    source,
    "table" as table_name,
    "column" as column_name,
    rule,
    cast(count(*) as bigint) as rows_held
from marts.quarantine
group by all
order by rows_held desc, source, table_name, rule
limit 200
