-- The hand-overs behind a mark of the page: a month, a slot of hours, an hour of the week, an owner, or the breaches of a
-- duty in a month or of the deals in a week.
with newest as (
    select max(period) as period from marts.fct_handoffs
),

contact as (
    select *
    from marts.fct_sla_checks
    where term_id = (select min(term_id) from marts.mart_contact_progress)
),

sync as (
    select *
    from marts.fct_sla_checks
    where term_id = (
        select min(term_id) from marts.fct_sla_checks
        where allowed_business_hours is null and taken_business_hours is not null
    )
),

late_deals as (
    select lead_id, max(deal_stage) as deal_stage
    from marts.fct_deal_phase_updates
    where $kind = 'week' and week_on = try_cast($key as date) and has_been_late
        and ($other = '' or team = $other)
    group by lead_id
),

chosen as (
    select
        handoffs.lead_id,
        handoffs.episode_no,
        handoffs.handed_over_at,
        handoffs.first_contact_at,
        handoffs.owner_id,
        handoffs.team,
        handoffs.score,
        contact.status,
        contact.due_at,
        contact.taken_business_hours
    from marts.fct_handoffs as handoffs
    cross join newest
    left join contact
        on handoffs.lead_id = contact.lead_id and handoffs.episode_no = contact.episode_no
    left join sync
        on handoffs.lead_id = sync.lead_id and handoffs.episode_no = sync.episode_no
    left join late_deals on handoffs.lead_id = late_deals.lead_id
    where case $kind
        when 'month' then handoffs.period = try_cast($key as date)
        when 'term' then (handoffs.lead_id, handoffs.episode_no) in (
            select (lead_id, episode_no) from marts.fct_sla_checks
            where term_id = $key and period = try_cast($other as date) and has_been_late
        )
        when 'week' then late_deals.lead_id is not null
        else handoffs.period > newest.period - to_months(cast($months as int))
            and case $kind
                when 'delay' then sync.done_at is not null and least(
                    greatest(epoch_us(sync.done_at) - epoch_us(sync.started_at), 0) // 14400000000, 18
                ) * 4 = try_cast($key as bigint)
                when 'handed_over' then handoffs.handed_over_weekday = try_cast($key as int)
                    and handoffs.handed_over_hour = try_cast($other as int)
                when 'contact' then handoffs.contact_weekday = try_cast($key as int)
                    and handoffs.contact_hour = try_cast($other as int)
                when 'owner' then handoffs.owner_id = $key
            end
    end
)

select
    chosen.*,
    dim_lead_contacts.company_name,
    dim_lead_contacts.full_name,
    (select count(*) from chosen) as total_rows
from chosen
left join marts.dim_lead_contacts on chosen.lead_id = dim_lead_contacts.lead_id
order by chosen.handed_over_at desc, chosen.lead_id, chosen.episode_no
limit $limit
