-- Campaigns over the whole history, whatever their age; mart_roi_by_age compares them at the same one. Beside ROI the
-- measures of a Marketo program: members are leads that it touched, new names those that it brought, successes
-- those that did more than come by it. Cost is what was spent up to as_of's month.

with touchpoints as (

    select * from {{ ref('fct_touchpoints') }}
    where campaign is not null

),

members as (

    select
        channel,
        campaign,
        count(distinct lead_id) as members,
        count(distinct case when activity_type = 'source' then lead_id end) as new_names,
        count(distinct case when activity_type <> 'source' then lead_id end) as successes
    from touchpoints
    group by channel, campaign

),

costs as (

    select
        channel,
        campaign,
        cast(sum(amount) as decimal(18, 2)) as cost
    from {{ ref('int_cost_months') }}
    where campaign is not null and month_on <= {{ local_month(as_of()) }}
    group by channel, campaign

),

credits as (

    select
        model,
        channel,
        campaign,
        sum(revenue) as revenue,
        sum(gross_profit) as gross_profit,
        sum(pipeline) as pipeline,
        sum(pipeline_created) as pipeline_created,
        -- shares are added in any order: the last bits are not told
        round(sum(weight), 9) as opportunities_created,
        round(sum(case when revenue > 0 then weight else cast(0 as double) end), 9) as opportunities_won
    from {{ ref('fct_attribution_credits') }}
    where campaign is not null
    group by model, channel, campaign

),

models as (

    {{ attribution_models() }}

),

campaigns as (

    select channel, campaign from members
    union
    select channel, campaign from costs

),

joined as (

    select
        models.model,
        campaigns.channel,
        campaigns.campaign,
        coalesce(members.members, 0) as members,
        coalesce(members.new_names, 0) as new_names,
        coalesce(members.successes, 0) as successes,
        costs.cost,
        cast(coalesce(credits.revenue, 0) as decimal(18, 2)) as revenue,
        cast(coalesce(credits.gross_profit, 0) as decimal(18, 2)) as gross_profit,
        cast(coalesce(credits.pipeline, 0) as decimal(18, 2)) as pipeline,
        cast(coalesce(credits.pipeline_created, 0) as decimal(18, 2)) as pipeline_created,
        coalesce(credits.opportunities_created, cast(0 as double)) as opportunities_created,
        coalesce(credits.opportunities_won, cast(0 as double)) as opportunities_won
    from campaigns
    cross join models
    left join members on campaigns.channel = members.channel and campaigns.campaign = members.campaign
    left join costs on campaigns.channel = costs.channel and campaigns.campaign = costs.campaign
    left join credits
        on campaigns.channel = credits.channel
        and campaigns.campaign = credits.campaign
        and models.model = credits.model

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        {{ campaign_measures() }}
    from joined

)

select * from final
