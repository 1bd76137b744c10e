-- The hand-overs behind a mark of the page: a month, a slot of hours, an hour of the week, an owner, or the breaches of a
-- duty in a month or of the deals in a week. What stands beside them is looked up for those that are shown.
with newest as (
    select max(period) as period from marts.fct_handoffs
),

terms as (
    select
        (select min(term_id) from marts.mart_contact_progress) as contact_term,
        min(term_id) filter (
            allowed_business_hours is null and taken_business_hours is not null
        ) as sync_term
    from marts.fct_sla_checks
),

chosen as (
    select handoffs.*
    from marts.fct_handoffs as handoffs
    cross join newest
    where case $kind
        when 'month' then handoffs.period = try_cast($key as date)
        when 'term' then (handoffs.lead_id, handoffs.episode_no) in (
            select (lead_id, episode_no) from marts.fct_sla_checks
            where $kind = 'term' and term_id = $key and period = try_cast($other as date)
                and has_been_late
        )
        when 'week' then handoffs.lead_id in (
            select lead_id from marts.fct_deal_phase_updates
            where $kind = 'week' and week_on = try_cast($key as date) and has_been_late
                and ($other = '' or team = $other) and lead_id is not null
        )
        else handoffs.period > newest.period - to_months(cast($months as int))
            and case $kind
                when 'delay' then (handoffs.lead_id, handoffs.episode_no) in (
                    select (lead_id, episode_no) from marts.fct_sla_checks
                    where $kind = 'delay' and term_id = (select sync_term from terms)
                        and done_at is not null
                        and least(
                            greatest(epoch_us(done_at) - epoch_us(started_at), 0) // 14400000000, 18
                        ) * 4 = try_cast($key as bigint)
                )
                when 'handed_over' then handoffs.handed_over_weekday = try_cast($key as int)
                    and handoffs.handed_over_hour = try_cast($other as int)
                when 'contact' then handoffs.contact_weekday = try_cast($key as int)
                    and handoffs.contact_hour = try_cast($other as int)
                when 'owner' then handoffs.owner_id = $key
            end
    end
),

shown as (
    select * from chosen
    order by handed_over_at desc, lead_id, episode_no
    limit $limit
)

select
    shown.lead_id,
    shown.episode_no,
    shown.handed_over_at,
    shown.first_contact_at,
    shown.owner_id,
    shown.team,
    shown.score,
    contact.status,
    contact.due_at,
    contact.taken_business_hours,
    dim_lead_contacts.company_name,
    dim_lead_contacts.full_name,
    (select count(*) from chosen) as total_rows
from shown
left join marts.fct_sla_checks as contact
    on shown.lead_id = contact.lead_id
    and shown.episode_no = contact.episode_no
    and contact.term_id = (select contact_term from terms)
left join marts.dim_lead_contacts on shown.lead_id = dim_lead_contacts.lead_id
order by shown.handed_over_at desc, shown.lead_id, shown.episode_no
