-- What codes are called, in both languages.
select
    kind,
    code,
    label_ja,
    label_en,
    sort_order
from marts.dim_labels
order by kind, sort_order, code
