-- What finance booked against what each model gave out, month by month: to touches, to nobody, and why to nobody.
-- The difference is 0 or the build is not published.

with deals as (

    select * from {{ ref('int_deals') }}
    where is_won

),

credits as (

    select * from {{ ref('fct_attribution_credits') }}
    where revenue <> 0

),

models as (

    {{ attribution_models() }}

),

booked as (

    select
        {{ local_month('closed_at') }} as period,
        sum(coalesce(amount, 0)) as revenue_booked
    from deals
    group by {{ local_month('closed_at') }}

),

given as (

    select
        {{ local_month('closed_at') }} as period,
        model,
        sum(case when unattributed_reason is null then revenue else 0 end) as revenue_attributed,
        sum(case when unattributed_reason in ('no_touch', 'no_position') then revenue else 0 end) as revenue_unattributed,
        sum(case when unattributed_reason = 'outside_window' then revenue else 0 end) as revenue_outside_window,
        sum(case when unattributed_reason = 'no_contact_role' then revenue else 0 end) as revenue_without_contact_role
    from credits
    group by {{ local_month('closed_at') }}, model

),

cells as (

    select booked.period, models.model, booked.revenue_booked
    from booked
    cross join models

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        coalesce(cells.period, given.period) as period,
        coalesce(cells.model, given.model) as model,
        cast(coalesce(cells.revenue_booked, 0) as decimal(18, 2)) as revenue_booked,
        cast(coalesce(given.revenue_attributed, 0) as decimal(18, 2)) as revenue_attributed,
        cast(coalesce(given.revenue_unattributed, 0) as decimal(18, 2)) as revenue_unattributed,
        cast(coalesce(given.revenue_outside_window, 0) as decimal(18, 2)) as revenue_outside_window,
        cast(coalesce(given.revenue_without_contact_role, 0) as decimal(18, 2)) as revenue_without_contact_role,
        cast(
            coalesce(cells.revenue_booked, 0)
            - coalesce(given.revenue_attributed, 0)
            - coalesce(given.revenue_unattributed, 0)
            - coalesce(given.revenue_outside_window, 0)
            - coalesce(given.revenue_without_contact_role, 0) as decimal(18, 2)
        ) as difference
    from cells
    full outer join given
        on cells.period = given.period
        and cells.model = given.model

)

select * from final
