-- Each time the question of a rule was answered with yes, before points. A question about attributes is answered
-- once, when the lead came. Where only the first time per day, session, content or lead counts, the others are
-- not here. The activities are named anew each time: DuckDB keeps in memory what a CTE that is used twice holds.

with questions as (

    select distinct question_no, subject, field, operator, value, distinct_by
    from {{ ref('scoring_point_rules') }}

),

subject_types as (

    select * from {{ ref('scoring_subject_types') }}

),

lead_conditions as (

    select * from {{ ref('scoring_lead_conditions') }}

),

leads as (

    select lead_id from {{ ref('int_leads') }}

),

typed_questions as (

    select
        questions.*,
        questions.field is null and questions.operator = 'exists' as is_plain,
        subject_types.activity_type as fires_on
    from questions
    inner join subject_types on questions.subject = subject_types.subject

),

every_time as (

    -- of a plain question it is enough that the event happened: nothing of what it was about is read
    {%- for is_plain in [true, false] %}
    select
        typed_questions.question_no,
        activities.lead_id,
        activities.occurred_at,
        activities.occurred_on,
        activities.activity_id
    from {{ ref('int_activities') }} as activities
    inner join typed_questions
        on activities.activity_type = typed_questions.fires_on
        and typed_questions.distinct_by = 'event'
        and typed_questions.is_plain = {{ is_plain | lower }}
    where activities.excluded_by is null
        {{ '' if is_plain else 'and ' ~ activity_condition('typed_questions') }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}

),

first_times as (

    select
        typed_questions.question_no,
        activities.lead_id,
        activities.occurred_at,
        activities.occurred_on,
        activities.activity_id
    from {{ ref('int_activities') }} as activities
    inner join typed_questions
        on activities.activity_type = typed_questions.fires_on
        and typed_questions.distinct_by <> 'event'
    where activities.excluded_by is null
        and {{ activity_condition('typed_questions') }}
    qualify row_number() over (
        partition by
            typed_questions.question_no,
            activities.lead_id,
            {{ distinct_thing('typed_questions.distinct_by') }}
        order by activities.occurred_at, activities.activity_id
    ) = 1

),

acts as (

    select * from every_time

    union all

    select * from first_times

),

final as (

    -- asked last, and not of every activity there is
    select * from acts
    where lead_id in (select lead_id from leads)

    union all

    select
        questions.question_no,
        lead_conditions.lead_id,
        lead_conditions.created_at as occurred_at,
        {{ local_day('lead_conditions.created_at') }} as occurred_on,
        cast(null as {{ dbt.type_string() }}) as activity_id
    from lead_conditions
    inner join questions
        on {{ same_condition('lead_conditions', 'questions') }}
    where questions.subject = 'lead'
        and lead_conditions.state = 1

)

select * from final
