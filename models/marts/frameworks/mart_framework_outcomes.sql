-- An answer noted when the deal was already decided knows the outcome: it does not count.

with episodes as (

    select * from {{ ref('framework_decided_episodes') }}

),

hearings as (

    select * from {{ ref('framework_hearings') }}

),

frameworks as (

    select * from {{ ref('frameworks') }}

),

base as (

    select
        cast(count(*) as bigint) as n,
        cast(count(case when is_won then 1 end) as bigint) as k
    from episodes

),

heard as (

    select
        hearings.question,
        hearings.state,
        episodes.is_won,
        row_number() over (
            partition by episodes.lead_id, episodes.episode_no, hearings.question
            order by hearings.answered_at desc, hearings.activity_id desc
        ) as newest_no
    from episodes
    inner join hearings
        on episodes.lead_id = hearings.lead_id
        and hearings.answered_at < episodes.decided_at

),

counted as (

    select
        question,
        count(case when {{ is_known_state('state') }} then 1 end) as known_n,
        count(case when {{ is_known_state('state') }} and is_won then 1 end) as known_k,
        count(case when state = 'confirmed' then 1 end) as confirmed_n,
        count(case when state = 'confirmed' and is_won then 1 end) as confirmed_k
    from heard
    where newest_no = 1
    group by question

),

elements as (

    select
        frameworks.*,
        base.n as base_n,
        base.k as base_k,
        coalesce(counted.known_n, 0) as known_n,
        coalesce(counted.known_k, 0) as known_k,
        coalesce(counted.confirmed_n, 0) as confirmed_n,
        coalesce(counted.confirmed_k, 0) as confirmed_k
    from frameworks
    cross join base
    left join counted on frameworks.question = counted.question

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
        state_group,
        cast(n as bigint) as n,
        cast(k as bigint) as k,
        {{ rate('k', 'n') }} as rate,
        {{ wilson_low('k', 'n') }} as ci_low,
        {{ wilson_high('k', 'n') }} as ci_high,
        base_n,
        base_k,
        {{ rate('base_k', 'base_n') }} as base_rate,
        {{ wilson_low('base_k', 'base_n') }} as base_ci_low,
        {{ wilson_high('base_k', 'base_n') }} as base_ci_high,
        {{ lift('k', 'n', 'base_k', 'base_n') }} as lift,
        label_ja,
        label_en
    from cells

)

select * from final
