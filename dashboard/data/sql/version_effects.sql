-- What two versions make of the same leads.
select
    measure,
    unit,
    from_value,
    to_value,
    change_value
from marts.mart_version_effects
where from_version = $from_version and to_version = $to_version
