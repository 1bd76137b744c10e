-- What differs between two versions, the definitions first.
select
    thing_kind,
    thing_id,
    attribute,
    change_kind,
    stage,
    path,
    old_value,
    new_value,
    old_label_ja,
    old_label_en,
    new_label_ja,
    new_label_en,
    reason
from marts.mart_version_changes
where from_version = $from_version and to_version = $to_version
order by thing_kind <> 'criterion', thing_kind <> 'scorecard', thing_kind <> 'rule', thing_kind, stage, path, thing_id, attribute
