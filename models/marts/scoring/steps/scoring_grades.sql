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

    select * from {{ ref('score_grades') }}

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

graded as (

    select
        scores.lead_id,
        scores.scorecard_version,
        scores.fit_score,
        scores.engagement_score,
        max_by(
            case when grades.axis = 'fit' then grades.grade end,
            case when grades.axis = 'fit' then grades.min_score end
        ) as fit_grade,
        max_by(
            case when grades.axis = 'engagement' then grades.grade end,
            case when grades.axis = 'engagement' then grades.min_score end
        ) as engagement_grade
    from scores
    left join grades
        on scores.scorecard_version = grades.version
        and ((grades.axis = 'fit' and scores.fit_score >= grades.min_score)
            or (grades.axis = 'engagement' and scores.engagement_score >= grades.min_score))
    group by scores.lead_id, scores.scorecard_version, scores.fit_score, scores.engagement_score

),

final as (

    select
        lead_id,
        scorecard_version,
        fit_score,
        engagement_score,
        coalesce(fit_grade, '-') || coalesce(engagement_grade, '-') as grade
    from graded

)

select * from final
