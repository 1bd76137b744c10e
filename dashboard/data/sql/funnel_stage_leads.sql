-- The leads behind one bar of the funnel: who came in some months and was in the stage, and who is in the next one too.
with
listed as (
    select
        fct_lead_funnels.lead_id,
        fct_lead_funnels.entered_on,
        cast(null as date) as reached_on,
        cast(null as double) as days,
        coalesce(case $next_flag
            when 'imputed_lead' then fct_lead_funnels.is_imputed_lead
            when 'imputed_mql' then fct_lead_funnels.is_imputed_mql
            when 'imputed_sql' then fct_lead_funnels.is_imputed_sql
            when 'imputed_opportunity' then fct_lead_funnels.is_imputed_opportunity
            when 'imputed_won' then fct_lead_funnels.is_imputed_won
            when 'all_stages_lead' then fct_lead_funnels.is_all_stages_lead
            when 'all_stages_mql' then fct_lead_funnels.is_all_stages_mql
            when 'all_stages_sql' then fct_lead_funnels.is_all_stages_sql
            when 'all_stages_opportunity' then fct_lead_funnels.is_all_stages_opportunity
            when 'all_stages_won' then fct_lead_funnels.is_all_stages_won
            when 'any_stages_lead' then fct_lead_funnels.is_any_stages_lead
            when 'any_stages_mql' then fct_lead_funnels.is_any_stages_mql
            when 'any_stages_sql' then fct_lead_funnels.is_any_stages_sql
            when 'any_stages_opportunity' then fct_lead_funnels.is_any_stages_opportunity
            when 'any_stages_won' then fct_lead_funnels.is_any_stages_won
        end, false) as is_taken
    from marts.fct_lead_funnels
    inner join marts.dim_leads on fct_lead_funnels.lead_id = dim_leads.lead_id
    where fct_lead_funnels.period >= cast($from_day as date)
        and fct_lead_funnels.period < cast($until_day as date)
        and case $stage_flag
            when 'imputed_lead' then fct_lead_funnels.is_imputed_lead
            when 'imputed_mql' then fct_lead_funnels.is_imputed_mql
            when 'imputed_sql' then fct_lead_funnels.is_imputed_sql
            when 'imputed_opportunity' then fct_lead_funnels.is_imputed_opportunity
            when 'imputed_won' then fct_lead_funnels.is_imputed_won
            when 'all_stages_lead' then fct_lead_funnels.is_all_stages_lead
            when 'all_stages_mql' then fct_lead_funnels.is_all_stages_mql
            when 'all_stages_sql' then fct_lead_funnels.is_all_stages_sql
            when 'all_stages_opportunity' then fct_lead_funnels.is_all_stages_opportunity
            when 'all_stages_won' then fct_lead_funnels.is_all_stages_won
            when 'any_stages_lead' then fct_lead_funnels.is_any_stages_lead
            when 'any_stages_mql' then fct_lead_funnels.is_any_stages_mql
            when 'any_stages_sql' then fct_lead_funnels.is_any_stages_sql
            when 'any_stages_opportunity' then fct_lead_funnels.is_any_stages_opportunity
            when 'any_stages_won' then fct_lead_funnels.is_any_stages_won
        end
        and (
            $dimension = 'all'
            or coalesce(case $dimension
                when 'channel' then dim_leads.channel
                when 'campaign' then dim_leads.campaign
                when 'content' then dim_leads.content
                when 'industry' then dim_leads.industry
                when 'job_level' then dim_leads.job_level
                when 'product' then dim_leads.product
                when 'segment' then dim_leads.segment
                when 'owner_id' then dim_leads.owner_id
            end, 'unknown') = $value
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
