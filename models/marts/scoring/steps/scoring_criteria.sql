-- The criteria of every version, with what a path needs in all. Criteria of several versions that ask the same share a
-- question_no, so that no event is looked at twice for one question; the score is another one under each version.

with definitions as (

    select * from {{ ref('stage_definitions') }}

),

questions as (

    select
        definitions.*,
        coalesce(role, 'enter') as role_or_enter,
        cast(coalesce(min_count, 1) as int) as needed,
        coalesce(distinct_by, 'event') as counted_by,
        case when subject = 'score' then version end as score_version
    from definitions

),

final as (

    select
        version,
        stage,
        path,
        criterion,
        role_or_enter as role,
        subject,
        field,
        operator,
        value,
        needed as min_count,
        counted_by as distinct_by,
        cast(window_days as int) as window_days,
        dense_rank() over (
            order by score_version, subject, field, operator, value, needed, counted_by, window_days
        ) as question_no,
        count(*) over (partition by version, stage, path, role_or_enter) as criteria_count,
        sum(case when subject = 'lead' then 1 else 0 end) over (
            partition by version, stage, path, role_or_enter
        ) as lead_criteria_count
    from questions

)

select * from final
