-- Deals to which no touch of the window leads, and why: nobody is attached to them, all touches are older than the
-- window, or there was none up to the close.

with moments as (

    select * from {{ ref('roi_deal_moments') }}

),

touched as (

    select distinct deal_id
    from {{ ref('fct_touchpoints') }}
    where deal_id is not null

),

people as (

    select * from {{ ref('roi_deal_people') }}

),

first_touches as (

    select
        lead_id,
        min(touched_at) as touched_at
    from {{ ref('roi_touches') }}
    group by lead_id

),

deal_people as (

    select
        people.deal_id,
        min(first_touches.touched_at) as touched_at
    from people
    left join first_touches on people.lead_id = first_touches.lead_id
    group by people.deal_id

),

final as (

    select
        moments.deal_id,
        case
            when deal_people.deal_id is null then 'no_contact_role'
            when deal_people.touched_at <= moments.until_at then 'outside_window'
            else 'no_touch'
        end as unattributed_reason
    from moments
    left join touched on moments.deal_id = touched.deal_id
    left join deal_people on moments.deal_id = deal_people.deal_id
    where touched.deal_id is null

)

select * from final
