-- The leads of one source as the tool knows them, with what goes back. A source id that the tool itself merged is dead in it; one
-- that we joined to another lead (by an id, an address or a decision) is still alive.
with disqualifiers as (
    select
        code,
        label_ja,
        label_en
    from marts.dim_labels
    where kind = 'disqualifier'
),

stages as (
    select
        code,
        label_ja,
        label_en
    from marts.dim_labels
    where kind = 'stage'
)

select
    identities.source_lead_id,
    identities.lead_id,
    case
        when leads.lead_id is null then 'not_in_version'
        when leads.is_opted_out then 'opted_out'
        when identities.link_reason = 'merge' then 'merged'
    end as withheld,
    identities.source_lead_id <> identities.lead_id as is_merged,
    contacts.email,
    contacts.company_name,
    scores.total_score as score,
    scores.fit_score,
    scores.engagement_score,
    scores.points_to_mql,
    scores.grade,
    scores.scorecard_version as version,
    scores.stage,
    stages.label_ja as stage_word_ja,
    stages.label_en as stage_word_en,
    scores.top_reasons_ja as reason_ja,
    scores.top_reasons_en as reason_en,
    explanations.why_ja,
    explanations.why_en,
    leads.disqualified_reason,
    disqualifiers.label_ja as disqualified_ja,
    disqualifiers.label_en as disqualified_en,
    journeys.mql_at,
    journeys.sql_at
from marts.lead_identities as identities
left join marts.dim_leads as leads on identities.lead_id = leads.lead_id
left join marts.dim_lead_contacts as contacts on identities.lead_id = contacts.lead_id
left join marts.lead_scores as scores on identities.lead_id = scores.lead_id
left join marts.lead_explanations as explanations on identities.lead_id = explanations.lead_id
left join marts.fct_lead_journeys as journeys
    on scores.lead_id = journeys.lead_id
    and scores.episode_no = journeys.episode_no
left join disqualifiers on leads.disqualified_reason = disqualifiers.code
left join stages on scores.stage = stages.code
where identities.source = $source
-- of two leads with one address the higher score is sent
order by
    scores.total_score desc nulls last,
    identities.source_lead_id
