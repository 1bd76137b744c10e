-- What revived leads did between the return and the moment they qualified again. One lead does several things, so the
-- rates do not add up to one.

with returns as (

    select * from {{ ref('fct_returns') }}
    where requalified_at is not null

),

own_types as (

    {{ types_of_term('own_events') }}

),

activities as (

    select activities.*
    from {{ ref('int_activities') }} as activities
    inner join own_types on activities.activity_type = own_types.activity_type
    where activities.excluded_by is null

),

revived as (

    select count(*) as n from returns

),

did as (

    select
        activities.activity_type,
        count(distinct returns.lead_id || ':' || cast(returns.episode_no as {{ dbt.type_string() }})) as k
    from returns
    inner join activities
        on returns.lead_id = activities.lead_id
        and activities.occurred_at > returns.returned_at
        and activities.occurred_at <= returns.requalified_at
    group by activities.activity_type

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        did.activity_type,
        cast(revived.n as bigint) as n,
        cast(did.k as bigint) as k,
        {{ rate('did.k', 'revived.n') }} as rate,
        {{ wilson_low('did.k', 'revived.n') }} as ci_low,
        {{ wilson_high('did.k', 'revived.n') }} as ci_high
    from did
    cross join revived

)

select * from final
