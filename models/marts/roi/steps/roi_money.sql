-- Credited money by channel and month, for each model and each of the three dates it can be put under.

with credits as (

    select * from {{ ref('fct_attribution_credits') }}

),

leads as (

    select
        lead_id,
        {{ local_month('created_at') }} as lead_month
    from {{ ref('int_leads') }}

),

months as (

    -- An open deal has no close: its pipeline stands in the month of as_of. Money without a touch or a lead
    -- stands in the month of the close on every clock.
    select
        credits.*,
        {{ local_month('coalesce(credits.closed_at, ' ~ as_of() ~ ')') }} as close_month,
        leads.lead_month
    from credits
    left join leads on credits.lead_id = leads.lead_id

),

dated as (

    select 'close_date' as basis, close_month as period, channel, model, revenue, gross_profit, pipeline
    from months

    union all

    select
        'touch_date' as basis,
        coalesce({{ local_month('touched_at') }}, close_month) as period,
        channel, model, revenue, gross_profit, pipeline
    from months

    union all

    select
        'cohort' as basis,
        coalesce(lead_month, close_month) as period,
        channel, model, revenue, gross_profit, pipeline
    from months

),

final as (

    select
        basis,
        period,
        channel,
        model,
        cast(sum(revenue) as decimal(18, 2)) as revenue,
        cast(sum(gross_profit) as decimal(18, 2)) as gross_profit,
        cast(sum(pipeline) as decimal(18, 2)) as pipeline
    from dated
    group by basis, period, channel, model

)

select * from final
