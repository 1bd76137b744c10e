-- The traits of one group: those that hold first, then by how unlikely they are to be chance.
select
    trait,
    value,
    n,
    k,
    rate,
    ci_low,
    ci_high,
    base_n,
    base_k,
    base_rate,
    base_ci_low,
    base_ci_high,
    lift,
    lift_low,
    lift_high,
    p_value,
    q_value,
    is_trait
from marts.mart_trait_lift
where trait_group = $trait_group
order by is_trait desc, p_value asc nulls last, n desc, trait, value
limit 300
