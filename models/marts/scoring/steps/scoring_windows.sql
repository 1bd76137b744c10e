-- Which version is in force for the leads of a segment, and when. A segment without a scorecard of its own is not
-- here: its leads belong to `all`. Before its first one began, it was scored like all the others.

with versions as (

    select * from {{ ref('scoring_versions') }}
    where is_in_force

),

segments as (

    select
        segment,
        min(from_at) as begins_at
    from versions
    group by segment

),

final as (

    select
        segment,
        version,
        from_at,
        to_at
    from versions

    union all

    select
        segments.segment,
        versions.version,
        versions.from_at,
        least(versions.to_at, segments.begins_at) as to_at
    from versions
    cross join segments
    where versions.segment = 'all'
        and segments.segment <> 'all'
        and versions.from_at < segments.begins_at

)

select * from final
