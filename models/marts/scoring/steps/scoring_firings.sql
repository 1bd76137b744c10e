-- Each time a rule fired for a lead, before caps. A rule on attributes fires once, when the lead came.

with rules as (

    select * from {{ ref('scoring_rules') }}

),

subject_types as (

    select * from {{ ref('scoring_subject_types') }}

),

lead_conditions as (

    select * from {{ ref('scoring_lead_conditions') }}

),

activities as (

    select * from {{ ref('int_activities') }}

),

leads as (

    select lead_id from {{ ref('int_leads') }}

),

typed_rules as (

    select
        rules.*,
        subject_types.activity_type as fires_on
    from rules
    inner join subject_types on rules.subject = subject_types.subject

),

activity_firings as (

    select
        activities.lead_id,
        typed_rules.version,
        typed_rules.rule_id,
        activities.occurred_at,
        activities.occurred_on,
        activities.activity_id
    from activities
    inner join typed_rules on activities.activity_type = typed_rules.fires_on
    inner join leads on activities.lead_id = leads.lead_id
    where {{ condition_state(
        'typed_rules.operator', 'typed_rules.value',
        activity_field_text('typed_rules.field'),
        'try_cast(' ~ activity_field_text('typed_rules.field') ~ ' as double)'
    ) }} = 1

),

lead_firings as (

    select
        lead_conditions.lead_id,
        rules.version,
        rules.rule_id,
        lead_conditions.created_at as occurred_at,
        {{ local_day('lead_conditions.created_at') }} as occurred_on,
        cast(null as {{ dbt.type_string() }}) as activity_id
    from lead_conditions
    inner join rules
        on lead_conditions.field = rules.field
        and lead_conditions.operator = rules.operator
        and lead_conditions.value is not distinct from rules.value
    where rules.subject = 'lead'
        and lead_conditions.state = 1

),

final as (

    select * from activity_firings

    union all

    select * from lead_firings

)

select * from final
