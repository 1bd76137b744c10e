-- The criteria of the versions that are or were in force, with what a path needs in all.

with definitions as (

    select * from {{ ref('stage_definitions') }}

),

versions as (

    select * from {{ ref('scoring_versions') }}

),

counted as (

    select
        version,
        stage,
        path,
        cast(count(*) as int) as criteria_count,
        cast(sum(case when subject = 'lead' then 1 else 0 end) as int) as lead_criteria_count
    from definitions
    group by version, stage, path

),

final as (

    select
        definitions.version,
        definitions.stage,
        definitions.path,
        definitions.criterion,
        definitions.subject,
        definitions.field,
        definitions.operator,
        definitions.value,
        cast(coalesce(definitions.min_count, 1) as int) as min_count,
        coalesce(definitions.distinct_by, 'event') as distinct_by,
        cast(definitions.window_days as int) as window_days,
        counted.criteria_count,
        counted.lead_criteria_count,
        versions.from_at,
        versions.to_at
    from definitions
    inner join counted
        on definitions.version = counted.version
        and definitions.stage = counted.stage
        and definitions.path = counted.path
    inner join versions on definitions.version = versions.version
    where versions.is_in_force

)

select * from final
