-- Why the conversions of a window are not those that they are compared with, value by value.
select
    value,
    base_chances,
    base_conversions,
    n,
    k,
    volume_effect,
    mix_effect,
    rate_effect,
    is_mature
from marts.mart_gap_bridge
where compared_with = $compared_with
    and time_window = $window
    and basis = $basis
    and from_stage = $from_stage
    and to_stage = $to_stage
    and dimension = $dimension
order by abs(k - base_conversions) desc, value
