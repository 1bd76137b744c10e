-- Whoever asks for a demonstration unasked is never heard, and buys often: beside all decided episodes an answer looks
-- as if it did harm. The basis `heard` sets it beside those that were heard at all.

with episodes as (

    select * from {{ ref('framework_decided_episodes') }}

),

answers as (

    select * from {{ ref('framework_answers_at_decision') }}

),

frameworks as (

    select * from {{ ref('frameworks') }}

),

heard_episodes as (

    select distinct lead_id, episode_no, is_won
    from answers

),

bases as (

    select 'decided' as basis, count(*) as n, count(case when is_won then 1 end) as k
    from episodes
    union all
    select 'heard' as basis, count(*) as n, count(case when is_won then 1 end) as k
    from heard_episodes

),

counted as (

    select
        question,
        count(case when {{ is_known_state('state') }} then 1 end) as known_n,
        count(case when {{ is_known_state('state') }} and is_won then 1 end) as known_k,
        count(case when state = 'confirmed' then 1 end) as confirmed_n,
        count(case when state = 'confirmed' and is_won then 1 end) as confirmed_k
    from answers
    group by question

),

elements as (

    select
        frameworks.*,
        bases.basis,
        bases.n as base_n,
        bases.k as base_k,
        coalesce(counted.known_n, 0) as known_n,
        coalesce(counted.known_k, 0) as known_k,
        coalesce(counted.confirmed_n, 0) as confirmed_n,
        coalesce(counted.confirmed_k, 0) as confirmed_k
    from frameworks
    cross join bases
    left join counted on lower(frameworks.question) = counted.question

),

cells as (

    select elements.*, 'known' as state_group, known_n as n, known_k as k
    from elements
    union all
    select elements.*, 'not_known' as state_group, base_n - known_n as n, base_k - known_k as k
    from elements
    union all
    select elements.*, 'confirmed' as state_group, confirmed_n as n, confirmed_k as k
    from elements
    union all
    select elements.*, 'not_confirmed' as state_group, base_n - confirmed_n as n, base_k - confirmed_k as k
    from elements

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        framework,
        cast(position as bigint) as position,
        element,
        basis,
        state_group,
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
        label_ja,
        label_en
    from cells

)

select * from final
