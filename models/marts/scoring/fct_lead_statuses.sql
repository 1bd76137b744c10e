-- Statuses of the company's own (a ladder like 潜在, 顕在化) beside the funnel: entered at the first moment at which one of
-- its paths holds, kept as long as its criteria of role stay hold, or for good where it has none. Meeting a path again
-- while the status lasts is no new entry.

with entries as (

    select distinct version, stage, lead_id, candidate_at, path
    from {{ ref('scoring_candidates') }}
    where stage not in ('mql', 'sql')
        and is_new_fact

),

stays as (

    select * from {{ ref('scoring_status_stays') }}

),

stay_counts as (

    select
        version,
        stage,
        count(distinct criterion) as stay_count
    from {{ ref('scoring_criteria') }}
    where role = 'stay'
    group by version, stage

),

lasting as (

    -- all the criteria that keep the status must hold where it is entered; the first one to end ends it
    select
        entries.version,
        entries.stage,
        entries.lead_id,
        entries.candidate_at,
        entries.path,
        min(stays.held_until) as held_until
    from entries
    inner join stay_counts
        on entries.version = stay_counts.version
        and entries.stage = stay_counts.stage
    inner join stays
        on entries.version = stays.version
        and entries.stage = stays.stage
        and entries.lead_id = stays.lead_id
        and entries.candidate_at >= stays.held_from
        and entries.candidate_at < stays.held_until
    group by entries.version, entries.stage, entries.lead_id, entries.candidate_at, entries.path, stay_counts.stay_count
    having count(distinct stays.criterion) = stay_counts.stay_count

    union all

    select
        entries.version,
        entries.stage,
        entries.lead_id,
        entries.candidate_at,
        entries.path,
        cast('9999-12-31 00:00:00' as timestamp) as held_until
    from entries
    left join stay_counts
        on entries.version = stay_counts.version
        and entries.stage = stay_counts.stage
    where stay_counts.stage is null

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        version as scorecard_version,
        stage as status,
        lead_id,
        min_by(path, candidate_at) as path,
        min(candidate_at) as entered_at,
        case when held_until <= {{ as_of() }} then held_until end as left_at,
        held_until > {{ as_of() }} as is_held
    from lasting
    group by version, stage, lead_id, held_until

)

select * from final
