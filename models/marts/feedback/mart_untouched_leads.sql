-- How many leads below the threshold sales never touched: nobody knows what would have come of them, and every rate of
-- those that were touched is blind to it.

with leads as (

    select lead_id, channel from {{ ref('int_leads') }}

),

outcomes as (

    select
        lead_id,
        max(case when is_above_threshold then 1 else 0 end) as was_above,
        max(case when outcome = 'won' then 1 else 0 end) as is_won
    from {{ ref('mart_score_outcomes') }}
    where lead_id is not null
    group by lead_id

),

worked_types as (

    {{ types_of_term('worked_events') }}

),

touched as (

    select distinct activities.lead_id
    from {{ ref('int_activities') }} as activities
    inner join worked_types on activities.activity_type = worked_types.activity_type

    union

    select lead_id
    from {{ ref('mart_score_outcomes') }}
    where is_worked and lead_id is not null

),

counted as (

    select
        case when grouping(leads.channel) = 0 then 'channel' else 'all' end as dimension,
        case when grouping(leads.channel) = 0 then leads.channel else 'all' end as value,
        count(*) as below_count,
        count(touched.lead_id) as touched_count,
        count(case when outcomes.is_won = 1 then 1 end) as won_count
    from leads
    left join outcomes on leads.lead_id = outcomes.lead_id
    left join touched on leads.lead_id = touched.lead_id
    where coalesce(outcomes.was_above, 0) = 0
    group by grouping sets ((), (leads.channel))

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        dimension,
        value,
        cast(below_count as bigint) as below_count,
        cast(below_count - touched_count as bigint) as untouched_count,
        cast(below_count as bigint) as touched_n,
        cast(touched_count as bigint) as touched_k,
        {{ rate('touched_count', 'below_count') }} as touched_rate,
        {{ wilson_low('touched_count', 'below_count') }} as touched_ci_low,
        {{ wilson_high('touched_count', 'below_count') }} as touched_ci_high,
        cast(won_count as bigint) as won_count
    from counted

)

select * from final
