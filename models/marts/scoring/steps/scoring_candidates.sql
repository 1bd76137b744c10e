-- Every moment at which a whole path held for a lead under a version: at each new fact, and at the instant at which a
-- version comes into force for leads that meet it without one (is_new_fact says which).

with spans as (

    select * from {{ ref('scoring_path_spans') }}

),

starts as (

    -- a version that begins after as_of has taken in nobody yet
    select distinct version, from_at
    from {{ ref('scoring_windows') }}
    where from_at <= {{ as_of() }}

),

moments as (

    select version, stage, path, needed_count, lead_id, held_from as candidate_at, 1 as new_fact
    from spans

    union all

    select
        spans.version, spans.stage, spans.path, spans.needed_count, spans.lead_id,
        starts.from_at as candidate_at,
        0 as new_fact
    from spans
    inner join starts
        on spans.version = starts.version
        and spans.held_from < starts.from_at
        and (spans.held_until is null or spans.held_until > starts.from_at)

),

met_together as (

    select
        moments.version, moments.stage, moments.path, moments.lead_id, moments.candidate_at,
        max(moments.new_fact) as new_fact
    from moments
    inner join spans
        on moments.lead_id = spans.lead_id
        and moments.version = spans.version
        and moments.stage = spans.stage
        and moments.path = spans.path
        and spans.held_from <= moments.candidate_at
        and (spans.held_until is null or spans.held_until > moments.candidate_at)
    where moments.needed_count > 1
    group by
        moments.version, moments.stage, moments.path, moments.lead_id,
        moments.candidate_at, moments.needed_count
    having count(distinct spans.criterion) = moments.needed_count

),

final as (

    select version, stage, path, lead_id, candidate_at, new_fact = 1 as is_new_fact
    from met_together

    union all

    select version, stage, path, lead_id, candidate_at, new_fact = 1 as is_new_fact
    from moments
    where needed_count = 1

)

select * from final
