-- The path to an MQL that a lead has begun and is nearest to: something of it holds, not all does, and nothing that we know
-- of the lead shuts it.

with signs as (

    select * from {{ ref('scoring_path_signs') }}

),

paths as (

    select distinct version, path, criteria_count
    from {{ ref('scoring_criteria') }}
    where stage = 'mql' and role = 'enter'

),

begun as (

    select
        signs.lead_id,
        signs.version,
        signs.path,
        paths.criteria_count - sum(coalesce(signs.state, 0)) as missing_count,
        sum(case when signs.state is null then 1 else 0 end) as unknown_count
    from signs
    inner join paths
        on signs.version = paths.version
        and signs.path = paths.path
    group by signs.lead_id, signs.version, signs.path, paths.criteria_count
    having max(signs.state) = 1
        and min(signs.state) = 1
        and sum(coalesce(signs.state, 0)) < paths.criteria_count

),

numbered as (

    select
        begun.*,
        row_number() over (partition by lead_id order by missing_count, path) as path_no
    from begun

),

final as (

    select
        lead_id,
        version,
        path,
        missing_count,
        unknown_count
    from numbered
    where path_no = 1

)

select * from final
