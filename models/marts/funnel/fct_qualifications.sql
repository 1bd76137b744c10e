with qualifications as (

    select * from {{ ref('funnel_qualifications') }}

),

criteria as (

    select
        version,
        stage,
        path,
        count(*) as criteria_count
    from {{ ref('scoring_criteria') }}
    where role = 'enter'
    group by version, stage, path

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        qualifications.basis,
        qualifications.lead_id,
        qualifications.episode_no,
        qualifications.stage,
        qualifications.scorecard_version,
        qualifications.path,
        qualifications.qualified_at,
        cast(criteria.criteria_count as bigint) as criteria_count
    from qualifications
    inner join criteria
        on qualifications.scorecard_version = criteria.version
        and qualifications.stage = criteria.stage
        and qualifications.path = criteria.path

)

select * from final
