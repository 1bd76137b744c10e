-- Every event that speaks for a criterion. Where one is enough, each stands by itself; where several distinct
-- things are asked for (events, days, sessions, contents), a thing is kept once a day, with its first and
-- last moment of that day.

with criteria as (

    select * from {{ ref('scoring_criteria') }}
    where subject not in ('lead', 'score')

),

question_leads as (

    select * from {{ ref('scoring_question_leads') }}

),

questions as (

    select
        question_no,
        subject,
        field,
        operator,
        value,
        min_count,
        distinct_by,
        min(lead_criteria_count) = 0 as is_asked_of_all
    from criteria
    group by question_no, subject, field, operator, value, min_count, distinct_by

),

typed_questions as (

    select
        questions.*,
        questions.field is null and questions.operator = 'exists' as is_plain,
        subject_types.activity_type as shown_by
    from questions
    inner join {{ ref('scoring_subject_types') }} as subject_types on questions.subject = subject_types.subject

),

stage_changes as (

    select * from {{ ref('int_stage_changes') }}
    where entity = 'lead'

),

events as (

    -- of a plain question it is enough that the event happened: nothing of what it was about is read
    {%- for is_plain in [true, false] %}
    select
        typed_questions.question_no,
        typed_questions.min_count,
        activities.lead_id,
        activities.occurred_at,
        activities.occurred_on,
        {{ distinct_thing('typed_questions.distinct_by') }} as distinct_key
    from {{ ref('int_activities') }} as activities
    inner join typed_questions
        on activities.activity_type = typed_questions.shown_by
        and typed_questions.is_plain = {{ is_plain | lower }}
    left join question_leads
        on activities.lead_id = question_leads.lead_id
        and typed_questions.question_no = question_leads.question_no
    where activities.excluded_by is null
        and (typed_questions.is_asked_of_all or question_leads.lead_id is not null)
        {{ '' if is_plain else 'and ' ~ activity_condition('typed_questions') }}

    union all
    {% endfor %}
    select
        questions.question_no,
        questions.min_count,
        stage_changes.lead_id,
        stage_changes.changed_at as occurred_at,
        {{ local_day('stage_changes.changed_at') }} as occurred_on,
        cast(stage_changes.changed_at as {{ dbt.type_string() }}) as distinct_key
    from stage_changes
    inner join questions
        on questions.subject = 'stage_change'
        and {{ in_list('stage_changes.to_stage', 'questions.value') }}

),

final as (

    -- one is enough: the instant is all that matters, and two events of one instant are one fact
    select
        question_no,
        lead_id,
        case when min_count > 1 then distinct_key end as distinct_key,
        case when min_count > 1 then cast(occurred_on as timestamp) else occurred_at end as bucket_at,
        min(occurred_at) as first_at,
        max(occurred_at) as last_at
    from events
    group by 1, 2, 3, 4

)

select * from final
