-- Touches of everybody in a deal, up to its close (or to as_of while it is open) and inside the attribution
-- window; and the touches of leads without a deal, so that a channel shows what it did not win too.

with touches as (

    select * from {{ ref('roi_touches') }}

),

moments as (

    select * from {{ ref('roi_deal_moments') }}

),

people as (

    select * from {{ ref('roi_deal_people') }}

),

deal_touches as (

    select
        touches.*,
        moments.deal_id,
        touches.touched_at <= moments.opportunity_at as is_until_opportunity,
        {%- for milestone in touch_milestones() %}
        case when touches.touched_at <= moments.{{ milestone }}_at then touches.touched_at end as until_{{ milestone }}_at
        {{- ',' if not loop.last }}
        {%- endfor %}
    from touches
    inner join people on touches.lead_id = people.lead_id
    inner join moments on people.deal_id = moments.deal_id
    where touches.touched_at <= moments.until_at
        and {{ days_between('touches.touched_at', 'moments.until_at') }} <= {{ var('attribution_window_days') }}

),

all_touches as (

    select * from deal_touches

    union all

    select
        touches.*,
        cast(null as {{ dbt.type_string() }}) as deal_id,
        false as is_until_opportunity,
        {%- for milestone in touch_milestones() %}
        cast(null as timestamp) as until_{{ milestone }}_at
        {{- ',' if not loop.last }}
        {%- endfor %}
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
        count(*) over (partition by coalesce(deal_id, lead_id), (deal_id is null)) as touch_count,
        {%- for milestone in touch_milestones() %}
        count(until_{{ milestone }}_at) over (
            partition by coalesce(deal_id, lead_id), (deal_id is null)
        ) as {{ milestone }}_touch_no
        {{- ',' if not loop.last }}
        {%- endfor %}
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
        touch_no = touch_count as is_last,
        {%- for milestone, flag in touch_milestones().items() %}
        touch_no = {{ milestone }}_touch_no as {{ flag }},
        {%- endfor %}
        is_until_opportunity
    from numbered

)

select * from final
