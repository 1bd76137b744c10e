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

entries as (
    select lead_id, episode_no
    from marts.fct_stage_entries
    where stage = case when $is_arrival = 1 then $to_stage else $from_stage end
        and entered_on >= cast($from_day as date)
        and entered_on < cast($until_day as date)
        -- only a lead's first life has the stage lead
        and ($from_stage <> 'lead' or episode_no = 1)
),

chances as (
    select
        journeys.lead_id,
        journeys.channel,
        journeys.owner_id,
        case $from_stage
            when 'lead' then journeys.lead_at
            when 'mql' then journeys.mql_at
            when 'sql' then journeys.sql_at
            when 'opportunity' then journeys.opportunity_at
            when 'won' then journeys.won_at
            when 'lost' then journeys.lost_at
            when 'returned' then journeys.returned_at
        end as entered_at,
        case $to_stage
            when 'lead' then journeys.lead_at
            when 'mql' then journeys.mql_at
            when 'sql' then journeys.sql_at
            when 'opportunity' then journeys.opportunity_at
            when 'won' then journeys.won_at
            when 'lost' then journeys.lost_at
            when 'returned' then journeys.returned_at
        end as reached_at,
        coalesce(case $dimension
            when 'channel' then journeys.channel
            when 'campaign' then journeys.campaign
            when 'content' then journeys.content
            when 'industry' then journeys.industry
            when 'job_level' then journeys.job_level
            when 'product' then journeys.product
            when 'segment' then journeys.segment
            when 'owner_id' then journeys.owner_id
        end, 'unknown') as value
    from marts.fct_lead_journeys as journeys
    inner join entries
        on journeys.lead_id = entries.lead_id
        and journeys.episode_no = entries.episode_no
),

listed as materialized (
    select
        lead_id,
        channel,
        owner_id,
        entered_at,
        reached_at,
        (epoch_us(reached_at) - epoch_us(entered_at)) / 86400000000 as days,
        reached_at is not null and ($within_days < 0 or days < $within_days + 1) as is_taken
    from chances
    where $dimension = 'all'
        or case
            when $rest = 1 then value not in (select value from largest)
            else value = $value
        end
),

counted as (
    select
        count(*) as all_rows,
        count(case when is_taken then 1 end) as taken_rows
    from listed
),

-- first who is shown, then who they are: a name for everybody would take a second
shown as materialized (
    select * from listed
    where $taken = 'all' or is_taken = ($taken = 'yes')
    order by entered_at desc, lead_id
    limit $limit
),

contacts as (
    select lead_id, company_name, full_name
    from marts.dim_lead_contacts
    where lead_id in (select lead_id from shown)
),

standings as (
    select lead_id, stage
    from marts.lead_scores
    where lead_id in (select lead_id from shown)
)

select
    shown.*,
    counted.all_rows,
    counted.taken_rows,
    contacts.company_name,
    contacts.full_name,
    standings.stage
from shown
cross join counted
left join standings on shown.lead_id = standings.lead_id
left join contacts on shown.lead_id = contacts.lead_id
order by shown.entered_at desc, shown.lead_id
