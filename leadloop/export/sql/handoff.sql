-- Leads for sales, with the background that a first call needs. Times in words are local days; what the lead did is the newest
-- ten of each kind, and nothing that a traffic filter leaves out.
with leads as (
    select
        dim_leads.lead_id,
        dim_leads.owner_id,
        dim_leads.is_opted_out,
        dim_leads.disqualified_reason,
        scores.stage,
        scores.episode_no,
        scores.grade,
        scores.total_score,
        scores.fit_score,
        scores.engagement_score,
        scores.points_to_mql,
        scores.scorecard_version,
        scores.top_reasons_ja,
        scores.top_reasons_en,
        journeys.lead_at,
        journeys.mql_at,
        journeys.sql_at
    from marts.dim_leads
    inner join marts.lead_scores as scores on dim_leads.lead_id = scores.lead_id
    left join marts.fct_lead_journeys as journeys
        on scores.lead_id = journeys.lead_id
        and scores.episode_no = journeys.episode_no
    where scores.stage in ('mql', 'sql')
),

labels as (
    select * from marts.dim_labels
),

events as (
    select
        events.*,
        events.occurred_at at time zone 'UTC' at time zone $timezone as local_at
    from marts.fct_lead_events as events
    inner join leads on events.lead_id = leads.lead_id
    where events.excluded_by is null
),

-- within the life that the lead is in now
sales_events as (
    select
        events.lead_id,
        min(events.occurred_at) filter (where events.activity_type = 'first_contact') as first_contact_at,
        min(events.occurred_at) filter (where events.activity_type in ('handoff_synced', 'handoff_assigned')) as handed_over_at
    from events
    inner join leads on events.lead_id = leads.lead_id
    where leads.lead_at is null or events.occurred_at >= leads.lead_at
    group by events.lead_id
),

last_activities as (
    select
        lead_id,
        max(occurred_at) as last_activity_at
    from events
    where event_group in ('web', 'content', 'event', 'survey')
    group by lead_id
),

things as (
    select
        lead_id,
        case
            when activity_type in ('page_view', 'key_page_view') then 'page'
            when activity_type in ('doc_download', 'case_study_download', 'video_view') then 'document'
            when activity_type = 'survey_answer' then 'answer'
        end as kind,
        coalesce(content_name, url, label_ja) as name_ja,
        coalesce(content_name, url, label_en) as name_en,
        answer,
        count(*) as times,
        max(local_at) as last_at
    from events
    where activity_type in (
        'page_view', 'key_page_view', 'doc_download', 'case_study_download', 'video_view', 'survey_answer'
    )
    group by all
),

newest as (
    select
        *,
        row_number() over (partition by lead_id, kind order by last_at desc, name_ja, answer) as place
    from things
    where kind <> 'answer' or answer is not null
),

seen as (
    select
        lead_id,
        kind,
        string_agg(
            case
                when kind = 'answer' then name_ja || ': ' || answer || '（' || strftime(last_at, '%Y-%m-%d') || '）'
                else name_ja || '（' || times || '回、' || strftime(last_at, '%Y-%m-%d') || '）'
            end,
            chr(10) order by place
        ) as list_ja,
        string_agg(
            case
                when kind = 'answer' then name_en || ': ' || answer || ' (' || strftime(last_at, '%Y-%m-%d') || ')'
                else name_en || ' (' || times || 'x, ' || strftime(last_at, '%Y-%m-%d') || ')'
            end,
            chr(10) order by place
        ) as list_en
    from newest
    where place <= 10
    group by lead_id, kind
),

points as (
    select
        lead_id,
        string_agg(
            label_ja || ' ' || printf('%+g', round(points, 1)) || '点（' || firings || '回）',
            chr(10) order by points desc, rule_id
        ) as list_ja,
        string_agg(
            label_en || ' ' || printf('%+g', round(points, 1)) || ' (' || firings || 'x)',
            chr(10) order by points desc, rule_id
        ) as list_en
    from marts.lead_score_breakdown
    group by lead_id
),

framework as (
    select
        leads.lead_id,
        string_agg(
            elements.label_ja || ': ' || states.label_ja || coalesce('（' || answers.evidence || '）', ''),
            chr(10) order by elements.position
        ) as list_ja,
        string_agg(
            elements.label_en || ': ' || states.label_en || coalesce(' (' || answers.evidence || ')', ''),
            chr(10) order by elements.position
        ) as list_en
    from leads
    cross join marts.dim_frameworks as elements
    left join marts.fct_framework_answers as answers
        on leads.lead_id = answers.lead_id
        and elements.framework = answers.framework
        and elements.position = answers.position
    left join labels as states
        on states.kind = 'answer_state' and coalesce(answers.state, 'not_asked') = states.code
    where elements.framework = $framework
    group by leads.lead_id
),

-- who was never heard begins at the first element
next_questions as (
    select
        leads.lead_id,
        elements.ask_ja,
        elements.ask_en
    from leads
    left join marts.mart_framework_progress as progress
        on leads.lead_id = progress.lead_id and progress.framework = $framework
    inner join marts.dim_frameworks as elements
        on elements.framework = $framework
        and case
            when progress.lead_id is null then elements.position = 1
            else elements.element = progress.next_element
        end
),

buying_groups as (
    select
        groups.account_key,
        string_agg(
            coalesce(labels.label_ja, '役職不明') || ' ' || groups.lead_count || '名（活動中 ' || groups.active_lead_count || '名）',
            chr(10) order by groups.is_decision_maker desc, groups.active_lead_count desc, groups.job_level
        ) as list_ja,
        string_agg(
            coalesce(labels.label_en, 'Level unknown') || ' ' || groups.lead_count || ' (' || groups.active_lead_count || ' active)',
            chr(10) order by groups.is_decision_maker desc, groups.active_lead_count desc, groups.job_level
        ) as list_en
    from marts.mart_buying_groups as groups
    left join labels on labels.kind = 'job_level' and groups.job_level = labels.code
    group by groups.account_key
),

-- the criteria of the path by which the lead came to the stage that it is in
qualified as (
    select
        criteria.lead_id,
        string_agg(
            coalesce(definitions.label_ja, criteria.criterion), '、' order by criteria.met_at, criteria.criterion
        ) as list_ja,
        string_agg(
            coalesce(definitions.label_en, criteria.criterion), '; ' order by criteria.met_at, criteria.criterion
        ) as list_en
    from marts.fct_qualification_criteria as criteria
    inner join leads
        on criteria.lead_id = leads.lead_id
        and criteria.episode_no = leads.episode_no
        and criteria.stage = leads.stage
    left join marts.dim_stage_definitions as definitions
        on criteria.scorecard_version = definitions.version
        and criteria.stage = definitions.stage
        and criteria.path = definitions.path
        and criteria.criterion = definitions.criterion
    group by criteria.lead_id
)

select
    leads.lead_id as source_lead_id,
    leads.lead_id,
    case
        when leads.is_opted_out then 'opted_out'
        when leads.disqualified_reason is not null then 'disqualified'
        when sales_events.first_contact_at is not null then 'with_sales'
    end as withheld,
    false as is_merged,
    contacts.email,
    contacts.full_name,
    contacts.company_name,
    contacts.job_title,
    leads.owner_id,
    leads.stage,
    stages.label_ja as stage_word_ja,
    stages.label_en as stage_word_en,
    leads.grade,
    leads.total_score as score,
    leads.fit_score,
    leads.engagement_score,
    leads.points_to_mql,
    leads.scorecard_version as version,
    leads.top_reasons_ja as reason_ja,
    leads.top_reasons_en as reason_en,
    explanations.why_ja,
    explanations.why_en,
    explanations.unknown_ja,
    explanations.unknown_en,
    leads.disqualified_reason,
    cast(null as varchar) as disqualified_ja,
    cast(null as varchar) as disqualified_en,
    leads.mql_at,
    leads.sql_at,
    sales_events.handed_over_at,
    last_activities.last_activity_at,
    qualified.list_ja as qualified_by_ja,
    qualified.list_en as qualified_by_en,
    concat_ws(' ', openings.thanks_ja, openings.bridge_ja, next_questions.ask_ja) as opening_ja,
    concat_ws(' ', openings.thanks_en, openings.bridge_en, next_questions.ask_en) as opening_en,
    points.list_ja as breakdown_ja,
    points.list_en as breakdown_en,
    pages.list_ja as pages_ja,
    pages.list_en as pages_en,
    documents.list_ja as documents_ja,
    documents.list_en as documents_en,
    answers.list_ja as answers_ja,
    answers.list_en as answers_en,
    framework.list_ja as framework_state_ja,
    framework.list_en as framework_state_en,
    next_questions.ask_ja as next_question_ja,
    next_questions.ask_en as next_question_en,
    accounts.company_name as account_name,
    buying_groups.list_ja as buying_group_ja,
    buying_groups.list_en as buying_group_en
from leads
left join marts.dim_lead_contacts as contacts on leads.lead_id = contacts.lead_id
left join marts.lead_explanations as explanations on leads.lead_id = explanations.lead_id
left join marts.lead_openings as openings on leads.lead_id = openings.lead_id
left join marts.account_leads on leads.lead_id = account_leads.lead_id
left join marts.dim_accounts as accounts on account_leads.account_key = accounts.account_key
left join buying_groups on account_leads.account_key = buying_groups.account_key
left join qualified on leads.lead_id = qualified.lead_id
left join labels as stages on stages.kind = 'stage' and leads.stage = stages.code
left join sales_events on leads.lead_id = sales_events.lead_id
left join last_activities on leads.lead_id = last_activities.lead_id
left join points on leads.lead_id = points.lead_id
left join seen as pages on leads.lead_id = pages.lead_id and pages.kind = 'page'
left join seen as documents on leads.lead_id = documents.lead_id and documents.kind = 'document'
left join seen as answers on leads.lead_id = answers.lead_id and answers.kind = 'answer'
left join framework on leads.lead_id = framework.lead_id
left join next_questions on leads.lead_id = next_questions.lead_id
order by
    case leads.stage when 'sql' then 0 else 1 end,
    leads.total_score desc nulls last,
    leads.lead_id
