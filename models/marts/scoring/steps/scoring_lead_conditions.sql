-- What every condition on a lead's attributes says about every lead: 1 holds, 0 does not, NULL unknown.
-- Rules, definitions and disqualifiers ask the same questions, so each is asked once.

with leads as (

    select * from {{ ref('int_leads') }}

),

conditions as (

    select field, operator, value
    from {{ ref('scoring_rules') }}
    where subject = 'lead'

    union

    select field, operator, value
    from {{ ref('stage_definitions') }}
    where subject = 'lead'

    union

    select field, operator, value
    from {{ ref('disqualifiers') }}
    where subject = 'lead'

    union

    select field, operator, value
    from {{ ref('segments') }}

),

readings as (

    select
        leads.lead_id,
        leads.created_at,
        conditions.field,
        conditions.operator,
        conditions.value,
        {{ lead_field_text('conditions.field') }} as field_text
    from leads
    cross join conditions

),

final as (

    select
        lead_id,
        created_at,
        field,
        operator,
        value,
        cast({{ condition_state('operator', 'value', 'field_text', 'try_cast(field_text as double)') }} as int) as state
    from readings

)

select * from final
