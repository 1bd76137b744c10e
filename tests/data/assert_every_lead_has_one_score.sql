-- Detects: a lead without a score, or a score without a lead.
-- Because: a gap between two scorecards, or an inner join to a seed that lost a row, drops leads in silence and
--     the list only looks shorter.
-- A row means: the lead stands in one of the two tables only; the other column is NULL.

with leads as (

    select lead_id from {{ ref('dim_leads') }}

),

scores as (

    select lead_id from {{ ref('lead_scores') }}

),

final as (

    select
        leads.lead_id,
        scores.lead_id as scored_lead_id
    from leads
    full outer join scores on leads.lead_id = scores.lead_id
    where leads.lead_id is null or scores.lead_id is null

)

select * from final
