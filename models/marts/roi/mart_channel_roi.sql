with months as (

    select * from {{ ref('roi_months') }}

),

ripening as (

    select max(p90_days) as p90_days
    from {{ ref('funnel_ripening') }}
    where from_stage = 'lead' and to_stage = 'won'

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        months.period,
        months.channel,
        months.model,
        months.basis,
        months.leads,
        months.mqls,
        months.sqls,
        months.opportunities,
        months.won,
        months.cost,
        months.revenue,
        months.gross_profit,
        months.pipeline,
        {{ roi_measures() }},
        {{ is_ripe("case when months.basis = 'close_date' then 'period' else 'cohort' end", add_months('months.period', 1), 'ripening.p90_days') }} as is_mature
    from months
    cross join ripening

)

select * from final
