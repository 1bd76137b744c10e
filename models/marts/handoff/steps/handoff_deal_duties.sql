-- Every deal in every week in which it was open until the day of the duty.

with deals as (

    select * from {{ ref('int_deals') }}

),

weeks as (

    select * from {{ ref('handoff_deal_weeks') }}

),

members as (

    select * from {{ ref('team_members') }}

),

owned as (

    select
        deals.*,
        coalesce(members.team, 'all') as team
    from deals
    left join members
        on deals.owner_id = members.owner_id
        and {{ local_day('deals.created_at') }} >= members.valid_from
        and ({{ local_day('deals.created_at') }} < members.valid_to or members.valid_to is null)

),

final as (

    select
        weeks.term_id,
        weeks.duty_of,
        weeks.week_on,
        weeks.due_at,
        weeks.previous_due_at,
        owned.deal_id,
        owned.lead_id,
        owned.owner_id,
        owned.team,
        owned.stage,
        owned.closed_at
    from owned
    inner join weeks
        on owned.team = weeks.team
        and owned.created_at <= weeks.due_at
        and (owned.closed_at > weeks.previous_due_at or owned.closed_at is null)

)

select * from final
