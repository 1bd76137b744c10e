-- Every metric of the meeting as k of n, month by month and cut by cut. Counts have n NULL.

with conversions as (

    select
        *,
        from_stage || '>' || to_stage as step
    from {{ ref('mart_conversions') }}
    where basis = 'cohort'

),

entries as (

    select * from {{ ref('fct_stage_entries') }}

),

journeys as (

    select * from {{ ref('fct_lead_journeys') }}

),

dimensioned as (

    select
        entries.stage,
        {{ local_month('entries.entered_at') }} as period,
        journeys.amount,
        {{ known_dimensions('journeys') }}
    from entries
    inner join journeys
        on entries.lead_id = journeys.lead_id
        and entries.episode_no = journeys.episode_no

),

counted as (

    select
        stage, period,
        {{ dimension_columns() }},
        cast(count(*) as bigint) as k,
        cast(sum(case when stage = 'won' then coalesce(amount, 0) else 0 end) as double) as won_amount
    from dimensioned
    group by {{ by_each_dimension(['stage', 'period']) }}

),

decided as (

    select
        period, dimension, value,
        cast(sum(k) as bigint) as n,
        cast(sum(case when stage = 'won' then k else 0 end) as bigint) as k
    from counted
    where stage in ('won', 'lost')
    group by period, dimension, value

),

final as (

    select
        case stage
            when 'lead' then 'leads'
            when 'mql' then 'mqls'
            when 'sql' then 'sqls'
            when 'opportunity' then 'opportunities'
            else stage
        end as metric,
        'count' as unit,
        period, dimension, value,
        cast(null as bigint) as n,
        k,
        cast(k as double) as actual,
        true as is_mature
    from counted
    where stage <> 'lost'

    union all

    select
        'won_amount' as metric,
        'amount' as unit,
        period, dimension, value,
        cast(null as bigint) as n, k, won_amount as actual, true as is_mature
    from counted
    where stage = 'won'

    union all

    select
        'win_rate_decided' as metric,
        'rate' as unit,
        period, dimension, value, n, k,
        {{ rate('k', 'n') }} as actual,
        true as is_mature
    from decided

    union all

    select
        case step
            when 'lead>mql' then 'mql_rate'
            when 'mql>sql' then 'sql_rate'
            when 'sql>opportunity' then 'meeting_rate'
            when 'sql>won' then 'win_rate_cohort'
            when 'sql>returned' then 'return_rate'
        end as metric,
        'rate' as unit,
        period, dimension, value, n, k,
        rate as actual, is_mature
    from conversions
    where step in ('lead>mql', 'mql>sql', 'sql>opportunity', 'sql>won', 'sql>returned')

)

select * from final
