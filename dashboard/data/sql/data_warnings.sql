-- What was loaded although something about it is odd.
select
    source,
    "table" as table_name,
    rule,
    row_count,
    first_file,
    first_line,
    message_ja,
    message_en
from marts.mart_data_warnings
order by row_count desc, source, table_name, rule
