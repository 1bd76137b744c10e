-- Detects: a touch that stands twice under one deal, or twice without one.
-- Because: two people of a deal, or a person attached to it twice, multiply touches, and every linear share is
--     then too small.
-- A row means: this touch appears `copies` times for the deal (NULL: for no deal).

with touchpoints as (

    select * from {{ ref('fct_touchpoints') }}

),

final as (

    select
        touch_id,
        deal_id,
        count(*) as copies
    from touchpoints
    group by touch_id, deal_id
    having count(*) > 1

)

select * from final
