-- What each activity means: its type by the file of types (or by the table it came from), and that by the vocabulary. A row of the
-- vocabulary that names a detail goes before the one that names the type alone.

with activities as (

    select * from {{ ref('stg_marketo__activities') }}

),

types as (

    select activity_type_id, max(name) as name
    from {{ ref('stg_marketo__activity_type') }}
    group by activity_type_id

),

campaigns as (

    select campaign_id, max(name) as name, max(program_id) as program_id
    from {{ ref('stg_marketo__campaign') }}
    group by campaign_id

),

meanings as (

    select * from {{ ref('marketo_activity_types') }}

),

typed as (

    select
        activities.*,
        lower(coalesce(activities.type_name, types.name)) as type_word,
        lower(activities.primary_name) as primary_word,
        lower(activities.new_value) as new_word,
        lower(activities.action_result) as result_word
    from activities
    left join types on activities.activity_type_id = types.activity_type_id

),

meant as (

    select
        typed.*,
        coalesce(by_result.makes, by_value.makes, by_field.makes, by_type.makes, 'event') as makes,
        coalesce(
            by_result.activity_type, by_value.activity_type, by_field.activity_type, by_type.activity_type,
            'marketo_' || coalesce(replace(typed.type_word, ' ', '_'), 'type_' || typed.activity_type_id)
        ) as meant_type,
        coalesce(by_type.makes, '') = 'membership' as is_membership
    from typed
    left join meanings as by_type
        on typed.type_word = by_type.type_name and by_type.detail_field = 'none'
    left join meanings as by_field
        on typed.type_word = by_field.type_name and by_field.detail_field = 'primary' and typed.primary_word = by_field.detail
    left join meanings as by_value
        on typed.type_word = by_value.type_name and by_value.detail_field = 'new_value' and typed.new_word = by_value.detail
    left join meanings as by_result
        on typed.type_word = by_result.type_name and by_result.detail_field = 'result' and typed.result_word = by_result.detail

),

final as (

    select
        meant.*,
        coalesce(case when meant.is_membership then own.name end, programs.name, campaigns.name) as campaign_name,
        case when meant.is_membership then own.channel else programs.channel end as channel_code,
        agents.actor
    from meant
    left join campaigns on meant.campaign_id = campaigns.campaign_id
    left join {{ ref('int_marketo__programs') }} as programs on campaigns.program_id = programs.program_id
    left join {{ ref('int_marketo__programs') }} as own on meant.primary_id = own.program_id
    left join {{ ref('int_marketo__agents') }} as agents on meant.user_agent = agents.user_agent

)

select * from final
