-- One framework for one lead: each element with its latest answer, how far the lead has come, what to ask next. Who was
-- never heard begins at the first element. Beside it, how those fared of whom the element was known, among all that were heard.
with progress as (
    select * from marts.mart_framework_progress
    where lead_id = $lead_id and framework = $framework
),

whole as (
    select
        min(position) as first_position,
        count(*) as element_count
    from marts.dim_frameworks
    where framework = $framework
),

outcomes as (
    select
        position,
        max(case when state_group = 'known' then n end) as known_n,
        max(case when state_group = 'known' then k end) as known_k,
        max(case when state_group = 'known' then rate end) as known_rate,
        max(case when state_group = 'known' then ci_low end) as known_low,
        max(case when state_group = 'known' then ci_high end) as known_high,
        max(case when state_group = 'not_known' then n end) as open_n,
        max(case when state_group = 'not_known' then k end) as open_k,
        max(case when state_group = 'not_known' then rate end) as open_rate,
        max(case when state_group = 'not_known' then ci_low end) as open_low,
        max(case when state_group = 'not_known' then ci_high end) as open_high
    from marts.mart_framework_outcomes
    where framework = $framework and basis = 'heard'
    group by position
)

select
    elements.position,
    elements.element,
    elements.label_ja,
    elements.label_en,
    elements.question_ja,
    elements.question_en,
    elements.ask_ja,
    elements.ask_en,
    elements.is_gate,
    elements.is_required_for_sql,
    coalesce(answers.state, 'not_asked') as state,
    answers.evidence,
    answers.asked_by,
    answers.answered_at,
    coalesce(progress.known_count, 0) as known_count,
    coalesce(progress.element_count, whole.element_count) as element_count,
    coalesce(progress.completeness, 0) as completeness,
    progress.is_ready_for_sql,
    progress.stopped_by,
    case
        when progress.lead_id is null then elements.position = whole.first_position
        else coalesce(progress.next_element = elements.element, false)
    end as is_next,
    outcomes.known_n,
    outcomes.known_k,
    outcomes.known_rate,
    outcomes.known_low,
    outcomes.known_high,
    outcomes.open_n,
    outcomes.open_k,
    outcomes.open_rate,
    outcomes.open_low,
    outcomes.open_high
from marts.dim_frameworks as elements
cross join whole
left join marts.fct_framework_answers as answers
    on answers.lead_id = $lead_id
    and elements.framework = answers.framework
    and elements.position = answers.position
left join progress on true
left join outcomes on elements.position = outcomes.position
where elements.framework = $framework
order by elements.position
limit 50
