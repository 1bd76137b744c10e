-- A model is rows of attribution_weights, or is made by the data. Money is the difference of two rounded running
-- totals, so that the credits of a deal add up to the deal to the last digit. What no touch earned is a row too.

with touchpoints as (

    select * from {{ ref('fct_touchpoints') }}
    where deal_id is not null

),

deals as (

    select * from {{ ref('int_deals') }}

),

untouched as (

    select * from {{ ref('roi_untouched_deals') }}

),

models as (

    {{ attribution_models() }}

),

shares as (

    select deal_id, touch_id, model, share
    from {{ ref('roi_rule_shares') }}
    union all
    select deal_id, touch_id, model, share
    from {{ ref('roi_fitted_shares') }}

),

shared_deals as (

    select deal_id, model
    from shares
    group by deal_id, model

),

credited as (

    select
        shares.deal_id,
        shares.touch_id,
        shares.model,
        touchpoints.touch_no,
        touchpoints.lead_id,
        touchpoints.channel,
        touchpoints.campaign,
        touchpoints.content,
        touchpoints.touched_at,
        cast(null as {{ dbt.type_string() }}) as unattributed_reason,
        shares.share
    from shares
    inner join touchpoints
        on shares.deal_id = touchpoints.deal_id
        and shares.touch_id = touchpoints.touch_id

    union all

    -- A deal that has touches but none in a position of this model: nobody was MQL before it, say.
    select
        deals.deal_id,
        'unattributed:' || deals.deal_id as touch_id,
        models.model,
        1 as touch_no,
        deals.lead_id,
        'unattributed' as channel,
        cast(null as {{ dbt.type_string() }}) as campaign,
        cast(null as {{ dbt.type_string() }}) as content,
        cast(null as timestamp) as touched_at,
        coalesce(untouched.unattributed_reason, 'no_position') as unattributed_reason,
        cast(1 as double) as share
    from deals
    cross join models
    left join shared_deals
        on deals.deal_id = shared_deals.deal_id
        and models.model = shared_deals.model
    left join untouched on deals.deal_id = untouched.deal_id
    where shared_deals.deal_id is null

),

weighted as (

    {{ running_weights('credited') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        weighted.deal_id,
        weighted.touch_id,
        weighted.model,
        weighted.lead_id,
        weighted.channel,
        weighted.campaign,
        weighted.content,
        weighted.touched_at,
        deals.closed_at,
        weighted.unattributed_reason,
        cast(weighted.weight as double) as weight,
        {{ credited_money() }}
    from weighted
    inner join deals on weighted.deal_id = deals.deal_id
    where weighted.weight > 0

)

select * from final
