-- The leads behind one bar of the funnel: who came in some months and was in the stage, and who is in the next one too.
with
came as (
    select
        funnels.lead_id,
        funnels.entered_on,
        coalesce(case $next_flag
            when 'imputed_lead' then funnels.is_imputed_lead
            when 'imputed_mql' then funnels.is_imputed_mql
            when 'imputed_sql' then funnels.is_imputed_sql
            when 'imputed_opportunity' then funnels.is_imputed_opportunity
            when 'imputed_won' then funnels.is_imputed_won
            when 'all_stages_lead' then funnels.is_all_stages_lead
            when 'all_stages_mql' then funnels.is_all_stages_mql
            when 'all_stages_sql' then funnels.is_all_stages_sql
            when 'all_stages_opportunity' then funnels.is_all_stages_opportunity
            when 'all_stages_won' then funnels.is_all_stages_won
            when 'any_stages_lead' then funnels.is_any_stages_lead
            when 'any_stages_mql' then funnels.is_any_stages_mql
            when 'any_stages_sql' then funnels.is_any_stages_sql
            when 'any_stages_opportunity' then funnels.is_any_stages_opportunity
            when 'any_stages_won' then funnels.is_any_stages_won
        end, false) as is_taken
    from marts.fct_lead_funnels as funnels
    where funnels.period >= cast($from_day as date)
        and funnels.period < cast($until_day as date)
        and case $stage_flag
            when 'imputed_lead' then funnels.is_imputed_lead
            when 'imputed_mql' then funnels.is_imputed_mql
            when 'imputed_sql' then funnels.is_imputed_sql
            when 'imputed_opportunity' then funnels.is_imputed_opportunity
            when 'imputed_won' then funnels.is_imputed_won
            when 'all_stages_lead' then funnels.is_all_stages_lead
            when 'all_stages_mql' then funnels.is_all_stages_mql
            when 'all_stages_sql' then funnels.is_all_stages_sql
            when 'all_stages_opportunity' then funnels.is_all_stages_opportunity
            when 'all_stages_won' then funnels.is_all_stages_won
            when 'any_stages_lead' then funnels.is_any_stages_lead
            when 'any_stages_mql' then funnels.is_any_stages_mql
            when 'any_stages_sql' then funnels.is_any_stages_sql
            when 'any_stages_opportunity' then funnels.is_any_stages_opportunity
            when 'any_stages_won' then funnels.is_any_stages_won
        end
),

listed as materialized (
    select
        came.lead_id,
        journeys.channel,
        journeys.owner_id,
        came.entered_on,
        came.is_taken
    from marts.fct_lead_journeys as journeys
    inner join came on journeys.lead_id = came.lead_id
    where journeys.episode_no = 1
        and (
            $dimension = 'all'
            or coalesce(case $dimension
                when 'channel' then journeys.channel
                when 'campaign' then journeys.campaign
                when 'content' then journeys.content
                when 'industry' then journeys.industry
                when 'job_level' then journeys.job_level
                when 'product' then journeys.product
                when 'segment' then journeys.segment
                when 'owner_id' then journeys.owner_id
            end, 'unknown') = $value
        )
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
    order by entered_on desc, lead_id
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
order by shown.entered_on desc, shown.lead_id
