-- Which conclusions about a channel survive whatever the model: does it earn its cost under all of them, under none,
-- or does it depend; and how far its rank by ROI moves.

with windows as (

    select time_window, basis, model, channel, roi, is_mature
    from {{ ref('mart_channel_roi_windows') }}
    where roi is not null

    union all

    select 'ripe' as time_window, 'cohort' as basis, model, channel, roi, true as is_mature
    from {{ ref('roi_ripe_year') }}
    where roi is not null

),

ranked as (

    select
        windows.*,
        rank() over (partition by time_window, basis, model order by roi desc) as roi_rank
    from windows

),

summed as (

    select
        time_window,
        basis,
        channel,
        count(*) as model_count,
        count(case when roi > 0 then 1 end) as earning_count,
        min(roi) as roi_low,
        max(roi) as roi_high,
        min(roi_rank) as rank_high,
        max(roi_rank) as rank_low,
        min(case when is_mature then 1 else 0 end) = 1 as is_mature
    from ranked
    group by time_window, basis, channel

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        time_window,
        basis,
        channel,
        cast(model_count as bigint) as model_count,
        cast(earning_count as bigint) as earning_count,
        cast(roi_low as double) as roi_low,
        cast(roi_high as double) as roi_high,
        cast(rank_high as bigint) as rank_high,
        cast(rank_low as bigint) as rank_low,
        is_mature,
        case
            when not is_mature then 'immature'
            when earning_count = model_count then 'earns'
            when earning_count = 0 then 'costs'
            else 'depends'
        end as verdict
    from summed

)

select * from final
