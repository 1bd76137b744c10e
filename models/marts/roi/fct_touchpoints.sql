-- Touches of everybody in a deal, up to its close (or to as_of while it is open) and inside the attribution
-- window; and the touches of leads without a deal, so that a channel shows what it did not win too.

with touches as (

    select * from {{ ref('roi_touches') }}

),

deals as (

    select
        deal_id,
        coalesce(closed_at, {{ as_of() }}) as until_at
    from {{ ref('int_deals') }}

),

people as (

    select * from {{ ref('int_deal_people') }}

),

deal_touches as (

    select
        touches.touch_id,
        touches.lead_id,
        deals.deal_id,
        touches.touched_at,
        touches.channel,
        touches.campaign,
        touches.content,
        touches.activity_type
    from touches
    inner join people on touches.lead_id = people.lead_id
    inner join deals on people.deal_id = deals.deal_id
    where touches.touched_at <= deals.until_at
        and {{ days_between('touches.touched_at', 'deals.until_at') }} <= {{ var('attribution_window_days') }}

),

all_touches as (

    select * from deal_touches

    union all

    select
        touches.touch_id,
        touches.lead_id,
        cast(null as {{ dbt.type_string() }}) as deal_id,
        touches.touched_at,
        touches.channel,
        touches.campaign,
        touches.content,
        touches.activity_type
    from touches
    left join people on touches.lead_id = people.lead_id
    where people.lead_id is null

),

numbered as (

    select
        all_touches.*,
        row_number() over (
            partition by coalesce(deal_id, lead_id), (deal_id is null)
            order by touched_at, touch_id
        ) as touch_no,
        count(*) over (partition by coalesce(deal_id, lead_id), (deal_id is null)) as touch_count
    from all_touches

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        touch_id,
        lead_id,
        deal_id,
        touched_at,
        channel,
        campaign,
        content,
        activity_type,
        cast(touch_no as bigint) as touch_no,
        cast(touch_count as bigint) as touch_count,
        touch_no = 1 as is_first,
        touch_no = touch_count as is_last
    from numbered

)

select * from final
