-- One page of the lead list; every condition is off where its parameter says so. With a capacity each owner keeps
-- the first so many of the leads that pass, in the order that the mart gives them.
with passing as (
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
        dim_leads.created_at,
        lead_priorities.owner_rank,
        lead_priorities.last_activity_at,
        row_number() over (
            partition by dim_leads.owner_id order by lead_priorities.owner_rank nulls last
        ) as place
    from marts.dim_leads
    inner join marts.lead_scores on dim_leads.lead_id = lead_scores.lead_id
    left join marts.lead_priorities on dim_leads.lead_id = lead_priorities.lead_id
    left join marts.dim_lead_contacts on dim_leads.lead_id = dim_lead_contacts.lead_id
    where ($stage = '' or lead_scores.stage = $stage)
        and ($grade = '' or lead_scores.grade = $grade)
        and lead_scores.total_score >= $min_score
        and ($owner = '' or dim_leads.owner_id = $owner)
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
),

shown as (
    select * from passing
    where $per_owner = 0 or (owner_rank is not null and place <= $per_owner)
)

select
    shown.*,
    (select count(*) from shown) as total_rows
from shown
order by
    case when $sort = 'score' then total_score end desc nulls last,
    case when $sort = 'near_mql' then points_to_mql end asc nulls last,
    case when $sort = 'newest' then created_at end desc nulls last,
    case when $sort = 'active' then last_activity_at end desc nulls last,
    case when $sort = 'company' then company_name end asc nulls last,
    case when $sort = 'owner' then owner_id end asc nulls last,
    case when $sort = 'owner' then owner_rank end asc nulls last,
    lead_id
limit $limit
offset $offset
