-- The grade of a score on each axis is the highest one whose lower bound it reaches.

with breakdown as (

    select
        lead_id,
        scorecard_version,
        sum(case when axis = 'fit' then points else 0 end) as fit,
        sum(case when axis = 'engagement' then points else 0 end) as engagement
    from {{ ref('scoring_current_points') }}
    group by lead_id, scorecard_version

),

lead_versions as (

    select * from {{ ref('scoring_lead_versions') }}

),

grades as (

    select
        version,
        axis,
        grade,
        min_score,
        lead(min_score) over (partition by version, axis order by min_score) as next_min_score
    from {{ ref('score_grades') }}

),

scores as (

    -- A lead for which no rule fired has a score too: none.
    select
        lead_versions.lead_id,
        lead_versions.version as scorecard_version,
        cast(coalesce(breakdown.fit, 0) as double) as fit_score,
        cast(coalesce(breakdown.engagement, 0) as double) as engagement_score
    from lead_versions
    left join breakdown on lead_versions.lead_id = breakdown.lead_id

),

final as (

    select
        scores.lead_id,
        scores.scorecard_version,
        scores.fit_score,
        scores.engagement_score,
        coalesce(fit_grades.grade, '-') || coalesce(engagement_grades.grade, '-') as grade
    from scores
    left join grades as fit_grades
        on scores.scorecard_version = fit_grades.version
        and fit_grades.axis = 'fit'
        and scores.fit_score >= fit_grades.min_score
        and (fit_grades.next_min_score is null or scores.fit_score < fit_grades.next_min_score)
    left join grades as engagement_grades
        on scores.scorecard_version = engagement_grades.version
        and engagement_grades.axis = 'engagement'
        and scores.engagement_score >= engagement_grades.min_score
        and (engagement_grades.next_min_score is null or scores.engagement_score < engagement_grades.next_min_score)

)

select * from final
