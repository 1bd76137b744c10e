-- Every deal in every week in which it was open until the day of the duty: was its phase updated since the day before? To open
-- and to close a deal are updates of it. A week that was missed stays missed; until somebody updates the deal it is late now.

with deals as (

    select * from {{ ref('int_deals') }}

),

stage_changes as (

    select * from {{ ref('int_stage_changes') }}
    where entity = 'deal'

),

duties as (

    select * from {{ ref('handoff_deal_duties') }}

),

updates as (

    select entity_id as deal_id, changed_at as updated_at from stage_changes
    union all
    select deal_id, created_at as updated_at from deals
    union all
    select deal_id, closed_at as updated_at from deals
    union all
    select deal_id, updated_at from deals

),

done as (

    select
        duties.term_id,
        duties.deal_id,
        duties.week_on,
        min(updates.updated_at) as done_at
    from duties
    inner join updates
        on duties.deal_id = updates.deal_id
        and updates.updated_at > duties.previous_due_at
    group by duties.term_id, duties.deal_id, duties.week_on

),

judged as (

    select
        duties.*,
        done.done_at,
        {{ sla_status('done.done_at', 'duties.due_at', 'duties.closed_at') }} as status
    from duties
    left join done
        on duties.term_id = done.term_id
        and duties.deal_id = done.deal_id
        and duties.week_on = done.week_on

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        term_id,
        deal_id,
        lead_id,
        week_on,
        duty_of,
        owner_id,
        team,
        stage as deal_stage,
        due_at,
        done_at,
        status,
        status in ('breached', 'open') as has_been_late,
        status = 'open' as is_late
    from judged

)

select * from final
