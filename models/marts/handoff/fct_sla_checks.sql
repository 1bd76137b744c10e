-- Every hand-over against every duty. Late once and late now are two questions: a call that came too late is no longer open,
-- and stays a breach.

with dues as (

    select * from {{ ref('handoff_term_dues') }}

),

instants as (

    select * from {{ ref('handoff_instants') }}

),

clocks as (

    select * from {{ ref('handoff_clocks') }}

),

missing as (

    select distinct lead_id
    from {{ ref('handoff_missing_fields') }}

),

delivered as (

    -- an event that no lead of the company has is one that no source delivers: nobody can be late with it
    select event
    from clocks
    group by event
    {%- for stage in ['mql', 'sql'] %}

    union all

    select 'seen_{{ stage }}' as event
    from instants
    having count(seen_{{ stage }}_at) > 0
    {%- endfor %}

),

ended as (

    select
        dues.*,
        instants.owner_id,
        instants.returned_at,
        reached.worked as reached_worked,
        now_at.worked as now_worked,
        case
            when dues.unit = 'definition' and dues.to_event = 'mql' then instants.seen_mql_at
            when dues.unit = 'definition' then instants.seen_sql_at
            when dues.unit <> 'fields' then reached.happened_at
            when missing.lead_id is null then dues.handed_over_at
        end as done_at,
        case
            when dues.unit = 'fields' then 'handed_over'
            when dues.unit = 'definition' then 'seen_' || dues.to_event
            else dues.to_event
        end as needs_event
    from dues
    inner join instants
        on dues.lead_id = instants.lead_id
        and dues.episode_no = instants.episode_no
    left join clocks as reached
        on dues.lead_id = reached.lead_id
        and dues.episode_no = reached.episode_no
        and dues.to_event = reached.event
    left join clocks as now_at
        on dues.lead_id = now_at.lead_id
        and dues.episode_no = now_at.episode_no
        and now_at.event = 'as_of'
    left join missing on dues.lead_id = missing.lead_id

),

judged as (

    select
        ended.*,
        case
            when delivered.event is null then 'unmeasured'
            when unit in ('definition', 'fields') then case when done_at <= due_at then 'met' else 'breached' end
            else {{ sla_status('done_at', 'due_at', 'returned_at') }}
        end as status
    from ended
    left join delivered on ended.needs_event = delivered.event

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        lead_id,
        episode_no,
        term_id,
        duty_of,
        owner_id,
        team,
        {{ local_month('handed_over_at') }} as period,
        started_at,
        due_at,
        done_at,
        status,
        status in ('breached', 'open') as has_been_late,
        status = 'open' as is_late,
        case when unit in ('business_hours', 'business_days') then {{ as_hours('due_worked - started_worked') }} end as allowed_business_hours,
        case when unit in ('{{ timed_units() | join("', '") }}') then
            {{ as_hours('greatest(coalesce(reached_worked, now_worked) - started_worked, cast(0 as bigint))') }}
        end as taken_business_hours
    from judged

)

select * from final
