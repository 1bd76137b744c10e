-- Events of Marketo, and persons in programs with the program as campaign.

with members as (

    select * from {{ ref('stg_marketo__program_membership') }}

),

programs as (

    select * from {{ ref('int_marketo__programs') }}

),

meanings as (

    select
        detail,
        max(activity_type) as activity_type
    from {{ ref('marketo_activity_types') }}
    where makes = 'membership' and detail_field = 'new_value'
    group by detail

),

final as (

    select * from {{ ref('int_marketo__events') }}

    union all

    select {{ staged_columns('activities', 'members', {
        'activity_type': "coalesce(by_status.activity_type, by_success.activity_type, 'marketo_program_status')",
        'content_name': 'programs.name',
        'campaign': 'programs.name',
        'channel': 'programs.channel',
        'answer': 'cast(null as ' ~ dbt.type_string() ~ ')',
    }) }}
    from members
    left join programs on members.content_id = programs.program_id
    left join meanings as by_status on members.activity_type = by_status.detail
    left join meanings as by_success on members.answer = by_success.detail

)

select * from final
