with hearings as (

    select * from {{ ref('framework_hearings') }}

),

frameworks as (

    select * from {{ ref('frameworks') }}

),

numbered as (

    select
        hearings.*,
        row_number() over (partition by lead_id, question order by answered_at desc, activity_id desc) as newest_no,
        count(*) over (partition by lead_id, question) as answer_count
    from hearings

),

latest as (

    select * from numbered
    where newest_no = 1

),

heard_leads as (

    select distinct lead_id
    from hearings

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        heard_leads.lead_id,
        frameworks.framework,
        cast(frameworks.position as bigint) as position,
        frameworks.element,
        frameworks.question,
        frameworks.is_gate,
        frameworks.required_for_sql as is_required_for_sql,
        coalesce(latest.state, 'not_asked') as state,
        latest.evidence,
        latest.asked_by,
        latest.answered_at,
        cast(coalesce(latest.answer_count, 0) as bigint) as answer_count,
        frameworks.label_ja,
        frameworks.label_en
    from heard_leads
    cross join frameworks
    left join latest
        on heard_leads.lead_id = latest.lead_id
        and lower(frameworks.question) = latest.question

)

select * from final
