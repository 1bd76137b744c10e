with people as (

    select * from {{ ref('account_leads') }}
    where account_key is not null

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        account_key,
        job_level,
        is_decision_maker,
        count(*) as lead_count,
        count(case when is_active then lead_id end) as active_lead_count,
        max(last_activity_at) as last_activity_at
    from people
    group by account_key, job_level, is_decision_maker

)

select * from final
