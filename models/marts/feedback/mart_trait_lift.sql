-- What returned leads, hidden gems and false alarms have in common: those with the trait beside all the others of the
-- same population. Many traits are asked at once, so a p-value alone would cry wolf: q is Benjamini and Hochberg's.

with populations as (

    select * from {{ ref('feedback_populations') }}

),

traits as (

    select * from {{ ref('feedback_traits') }}

),

bases as (

    select
        trait_group,
        count(*) as base_n,
        count(case when is_member then 1 end) as base_k
    from populations
    group by trait_group

),

counted as (

    select
        populations.trait_group,
        traits.trait,
        traits.value,
        count(*) as n,
        count(case when populations.is_member then 1 end) as k
    from populations
    inner join traits
        on populations.lead_id = traits.lead_id
        and populations.episode_no = traits.episode_no
        and populations.moment = traits.moment
    group by populations.trait_group, traits.trait, traits.value

),

least_records as (

    {{ value_of_term('trait_least_records') }}

),

false_discovery as (

    {{ value_of_term('trait_false_discovery') }}

),

compared as (

    select
        counted.*,
        bases.base_n,
        bases.base_k,
        case
            when counted.n >= least_records.trait_least_records
                then {{ deviate_from_rest('counted.k', 'counted.n', 'bases.base_k', 'bases.base_n') }}
        end as deviate
    from counted
    inner join bases on counted.trait_group = bases.trait_group
    cross join least_records

),

tested as (

    select
        compared.*,
        case when deviate is not null then {{ two_sided_p('deviate') }} end as p_value
    from compared

),

{{ false_discovery_rates('tested', 'trait_group', 'p_value') }},

final as (

    select
        '{{ var("run_id") }}' as run_id,
        trait_group,
        trait,
        value,
        cast(n as bigint) as n,
        cast(k as bigint) as k,
        {{ rate('k', 'n') }} as rate,
        {{ wilson_low('k', 'n') }} as ci_low,
        {{ wilson_high('k', 'n') }} as ci_high,
        cast(base_n as bigint) as base_n,
        cast(base_k as bigint) as base_k,
        {{ rate('base_k', 'base_n') }} as base_rate,
        {{ wilson_low('base_k', 'base_n') }} as base_ci_low,
        {{ wilson_high('base_k', 'base_n') }} as base_ci_high,
        {{ lift('k', 'n', 'base_k', 'base_n') }} as lift,
        {{ lift_bound(wilson_low('k', 'n'), 'n', 'base_k', 'base_n') }} as lift_low,
        {{ lift_bound(wilson_high('k', 'n'), 'n', 'base_k', 'base_n') }} as lift_high,
        cast(p_value as double) as p_value,
        cast(q_value as double) as q_value,
        coalesce(q_value < false_discovery.trait_false_discovery, false) as is_trait
    from with_q
    cross join false_discovery

)

select * from final
