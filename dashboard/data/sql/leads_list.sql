-- One page of the lead list; every condition is off where its parameter says so.
select
    dim_leads.lead_id,
    dim_lead_contacts.company_name,
    dim_lead_contacts.full_name,
    dim_lead_contacts.job_title,
    dim_leads.channel,
    lead_scores.stage,
    lead_scores.grade,
    lead_scores.total_score,
    lead_scores.fit_score,
    lead_scores.engagement_score,
    lead_scores.max_possible_score,
    lead_scores.points_to_mql,
    dim_leads.disqualified_reason,
    dim_leads.owner_id,
    dim_leads.created_on,
    cast(count(*) over () as bigint) as total_rows
from marts.dim_leads
inner join marts.lead_scores on dim_leads.lead_id = lead_scores.lead_id
left join marts.dim_lead_contacts on dim_leads.lead_id = dim_lead_contacts.lead_id
where ($stage = '' or lead_scores.stage = $stage)
    and ($grade = '' or lead_scores.grade = $grade)
    and lead_scores.total_score >= $min_score
    and (
        $dimension = 'all'
        or case $dimension
            when 'channel' then dim_leads.channel
            when 'campaign' then dim_leads.campaign
            when 'content' then dim_leads.content
            when 'industry' then dim_leads.industry
            when 'job_level' then dim_leads.job_level
            when 'product' then dim_leads.product
        end = $value
    )
    and (
        $search = ''
        or contains(
            lower(
                concat_ws(
                    ' ',
                    dim_leads.lead_id,
                    dim_lead_contacts.company_name,
                    dim_lead_contacts.full_name,
                    dim_lead_contacts.email,
                    dim_lead_contacts.job_title
                )
            ),
            lower($search)
        )
    )
order by
    case when $sort = 'score' then lead_scores.total_score end desc nulls last,
    case when $sort = 'near_mql' then lead_scores.points_to_mql end asc nulls last,
    case when $sort = 'newest' then dim_leads.created_at end desc nulls last,
    case when $sort = 'company' then dim_lead_contacts.company_name end asc nulls last,
    dim_leads.lead_id
limit $limit
offset $offset
