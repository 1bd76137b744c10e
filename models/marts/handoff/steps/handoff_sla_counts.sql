-- The duties of each month, and of each week where the duty is a weekly one, counted by what became of them: for the whole
-- company and for each team.

with checks as (

    select * from {{ ref('fct_sla_checks') }}

),

phase_updates as (

    select * from {{ ref('fct_deal_phase_updates') }}

),

duties as (

    select term_id, 'month' as period_kind, period, team, status
    from checks

    union all

    select term_id, 'month' as period_kind, {{ local_month('due_at') }} as period, team, status
    from phase_updates

    union all

    select term_id, 'week' as period_kind, week_on as period, team, status
    from phase_updates

),

final as (

    select
        term_id,
        period_kind,
        period,
        case when grouping(team) = 0 then 'team' else 'all' end as dimension,
        case when grouping(team) = 0 then team else 'all' end as value
        {%- for status in sla_statuses() %},
        cast(count(case when status = '{{ status }}' then 1 end) as bigint) as {{ status }}
        {%- endfor %}
    from duties
    group by grouping sets (
        (term_id, period_kind, period),
        (term_id, period_kind, period, team)
    )

)

select * from final
