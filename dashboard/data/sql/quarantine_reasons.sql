-- Rows held back by the rule that stopped them, with what it means.
select
    rule,
    max(message) as message,
    cast(count(*) as bigint) as rows_held,
    cast(count(distinct source || '/' || "table") as bigint) as tables_held,
    min(source || ' / ' || "table") as first_table
from marts.quarantine
group by rule
order by rows_held desc, rule
