-- The leads behind one mark of a step: who entered the one stage in some months (or the other one, where the mark counts
-- arrivals), and who of them took the step, within so many days where a day is given. `rest` leaves out the five
-- largest values of the dimension, as the panels do.
with
largest as (
    select value
    from marts.mart_conversions
    where from_stage = $from_stage
        and to_stage = $to_stage
        and basis = $basis
        and dimension = $dimension
        and period >= (select max(period) from marts.mart_conversions) - interval 12 month
    group by value
    order by sum(n) desc, value
    limit 5
),

chances as (
    select
        began.lead_id,
        began.entered_on,
        reached.entered_on as reached_on,
        date_diff('microsecond', began.entered_at, reached.entered_at) / 86400000000 as days,
        case when $is_arrival = 1 then reached.entered_on else began.entered_on end as marked_on
    from marts.fct_stage_entries as began
    left join marts.fct_stage_entries as reached
        on began.lead_id = reached.lead_id
        and began.episode_no = reached.episode_no
        and reached.stage = $to_stage
    where began.stage = $from_stage
),

listed as (
    select
        chances.lead_id,
        chances.entered_on,
        chances.reached_on,
        chances.days,
        chances.days is not null and ($within_days < 0 or chances.days < $within_days + 1) as is_taken
    from chances
    inner join marts.dim_leads on chances.lead_id = dim_leads.lead_id
    where chances.marked_on >= cast($from_day as date)
        and chances.marked_on < cast($until_day as date)
        and (
            $dimension = 'all'
            or case
                when $rest = 1 then coalesce(case $dimension
                    when 'channel' then dim_leads.channel
                    when 'campaign' then dim_leads.campaign
                    when 'content' then dim_leads.content
                    when 'industry' then dim_leads.industry
                    when 'job_level' then dim_leads.job_level
                    when 'product' then dim_leads.product
                    when 'segment' then dim_leads.segment
                    when 'owner_id' then dim_leads.owner_id
                end, 'unknown')
                    not in (select value from largest)
                else coalesce(case $dimension
                    when 'channel' then dim_leads.channel
                    when 'campaign' then dim_leads.campaign
                    when 'content' then dim_leads.content
                    when 'industry' then dim_leads.industry
                    when 'job_level' then dim_leads.job_level
                    when 'product' then dim_leads.product
                    when 'segment' then dim_leads.segment
                    when 'owner_id' then dim_leads.owner_id
                end, 'unknown') = $value
            end
        )
),

counted as (
    select
        count(*) as all_rows,
        count(case when is_taken then 1 end) as taken_rows
    from listed
)

select
    listed.*,
    counted.all_rows,
    counted.taken_rows,
    dim_lead_contacts.company_name,
    dim_lead_contacts.full_name,
    dim_leads.channel,
    dim_leads.owner_id,
    lead_scores.stage
from listed
cross join counted
inner join marts.dim_leads on listed.lead_id = dim_leads.lead_id
left join marts.lead_scores on listed.lead_id = lead_scores.lead_id
left join marts.dim_lead_contacts on listed.lead_id = dim_lead_contacts.lead_id
where $taken = 'all' or listed.is_taken = ($taken = 'yes')
order by listed.entered_on desc, listed.lead_id
limit $limit
