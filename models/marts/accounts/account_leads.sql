with lead_accounts as (

    select * from {{ ref('int_lead_accounts') }}

),

leads as (

    select * from {{ ref('int_leads') }}

),

activities as (

    select * from {{ ref('int_activities') }}
    where excluded_by is null

),

subject_types as (

    select * from {{ ref('scoring_subject_types') }}

),

terms as (

    select
        max(case when term = 'active_window' then try_cast(value as int) end) as active_days,
        max(case when term = 'active_events' then value end) as active_events,
        max(case when term = 'decision_maker_levels' then value end) as decision_maker_levels
    from {{ ref('account_terms') }}

),

active_types as (

    select distinct subject_types.activity_type
    from subject_types
    inner join terms on {{ in_list('subject_types.subject', 'terms.active_events') }}

),

last_activities as (

    select
        activities.lead_id,
        max(activities.occurred_at) as last_activity_at
    from activities
    inner join active_types on activities.activity_type = active_types.activity_type
    group by activities.lead_id

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        leads.lead_id,
        lead_accounts.account_key,
        lead_accounts.account_kind,
        coalesce(leads.job_level, 'unknown') as job_level,
        coalesce({{ in_list('leads.job_level', 'terms.decision_maker_levels') }}, false) as is_decision_maker,
        coalesce({{ as_of() }} < {{ window_end('last_activities.last_activity_at', 'terms.active_days') }}, false) as is_active,
        last_activities.last_activity_at
    from leads
    inner join lead_accounts on leads.lead_id = lead_accounts.lead_id
    left join last_activities on leads.lead_id = last_activities.lead_id
    cross join terms

)

select * from final
