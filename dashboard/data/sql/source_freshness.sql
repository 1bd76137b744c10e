-- How far each source and table reaches, and how far that is behind the as-of instant.
select
    source,
    "table" as table_name,
    newest_at,
    behind_hours
from marts.mart_source_freshness
order by behind_hours desc, source, table_name
