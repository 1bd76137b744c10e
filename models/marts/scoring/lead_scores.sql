with graded as (

    select * from {{ ref('scoring_grades') }}

),

unknown as (

    select
        lead_id,
        sum(could_give) as unknown_points
    from {{ ref('scoring_unknown_rules') }}
    group by lead_id

),

versions as (

    select * from {{ ref('scoring_versions') }}

),

stages as (

    select * from {{ ref('funnel_current_stages') }}

),

reasons as (

    select * from {{ ref('scoring_top_reasons') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        graded.lead_id,
        graded.scorecard_version,
        {{ as_of() }} as as_of,
        graded.fit_score,
        graded.engagement_score,
        graded.fit_score + graded.engagement_score as total_score,
        -- a cap on the whole score holds for what could be as well
        greatest(
            graded.fit_score + graded.engagement_score,
            least(
                graded.fit_score + graded.engagement_score + coalesce(unknown.unknown_points, 0),
                coalesce(versions.total_cap_points, cast('infinity' as double))
            )
        ) as max_possible_score,
        graded.grade,
        stages.stage,
        stages.episode_no,
        -- nothing where no path of the version asks for a total score
        case
            when versions.mql_score is not null
                then greatest(versions.mql_score - graded.fit_score - graded.engagement_score, 0)
        end as points_to_mql,
        reasons.top_reasons_ja,
        reasons.top_reasons_en
    from graded
    left join versions on graded.scorecard_version = versions.version
    left join unknown on graded.lead_id = unknown.lead_id
    left join stages on graded.lead_id = stages.lead_id
    left join reasons on graded.lead_id = reasons.lead_id

)

select * from final
