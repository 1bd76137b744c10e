-- Leads by their own channel, month by month, on two clocks: the month in which each thing happened (for
-- close_date and touch_date), and the month in which the lead came (for cohort).

with entries as (

    select
        entries.lead_id,
        entries.episode_no,
        entries.stage,
        {{ local_month('entries.entered_at') }} as entered_month,
        {{ local_month('leads.created_at') }} as lead_month,
        leads.channel
    from {{ ref('fct_stage_entries') }} as entries
    inner join {{ ref('int_leads') }} as leads on entries.lead_id = leads.lead_id
    where entries.stage in ('lead', 'mql', 'sql', 'opportunity', 'won')

),

clocks as (

    select 'event' as clock, entered_month as period, channel, stage, lead_id
    from entries

    union all

    -- One lead counts once in its cohort, however often it came back.
    select distinct 'lead' as clock, lead_month as period, channel, stage, lead_id
    from entries

),

final as (

    select
        clock,
        period,
        channel,
        cast(count(case when stage = 'lead' then 1 end) as bigint) as leads,
        cast(count(case when stage = 'mql' then 1 end) as bigint) as mqls,
        cast(count(case when stage = 'sql' then 1 end) as bigint) as sqls,
        cast(count(case when stage = 'opportunity' then 1 end) as bigint) as opportunities,
        cast(count(case when stage = 'won' then 1 end) as bigint) as won
    from clocks
    group by clock, period, channel

)

select * from final
