-- Every moment at which a whole path held for a lead under the version in force: at each new fact, and
-- at the start of a version for leads that meet it without one (is_new_fact says which). What a path
-- asks of the lead itself was asked in scoring_eligible_leads.

with criteria as (

    select * from {{ ref('scoring_criteria') }}

),

spans as (

    select * from {{ ref('scoring_criterion_spans') }}

),

eligible as (

    select * from {{ ref('scoring_eligible_leads') }}

),

leads as (

    select lead_id, created_at from {{ ref('int_leads') }}

),

paths as (

    select
        version,
        stage,
        path,
        from_at,
        to_at,
        cast(sum(case when subject <> 'lead' then 1 else 0 end) as int) as needed_count
    from criteria
    group by version, stage, path, from_at, to_at

),

moments as (

    select distinct
        paths.version,
        paths.stage,
        paths.path,
        paths.needed_count,
        paths.to_at,
        spans.lead_id,
        greatest(spans.held_from, paths.from_at) as candidate_at,
        spans.held_from >= paths.from_at as is_new_fact
    from spans
    inner join paths
        on spans.version = paths.version
        and spans.stage = paths.stage
        and spans.path = paths.path
    where spans.held_until is null
        or spans.held_until > greatest(spans.held_from, paths.from_at)

),

met_together as (

    select
        moments.version, moments.stage, moments.path, moments.lead_id,
        moments.candidate_at, moments.is_new_fact
    from moments
    inner join spans
        on moments.lead_id = spans.lead_id
        and moments.version = spans.version
        and moments.stage = spans.stage
        and moments.path = spans.path
        and spans.held_from <= moments.candidate_at
        and (spans.held_until is null or spans.held_until > moments.candidate_at)
    where moments.needed_count > 1
        and moments.candidate_at < moments.to_at
    group by
        moments.version, moments.stage, moments.path, moments.lead_id,
        moments.candidate_at, moments.is_new_fact, moments.needed_count
    having count(distinct spans.criterion) = moments.needed_count

),

final as (

    select version, stage, path, lead_id, candidate_at, is_new_fact
    from met_together

    union all

    select version, stage, path, lead_id, candidate_at, is_new_fact
    from moments
    where needed_count = 1
        and candidate_at < to_at

    union all

    select
        paths.version,
        paths.stage,
        paths.path,
        eligible.lead_id,
        greatest(leads.created_at, paths.from_at) as candidate_at,
        leads.created_at >= paths.from_at as is_new_fact
    from paths
    inner join eligible
        on paths.version = eligible.version
        and paths.stage = eligible.stage
        and paths.path = eligible.path
    inner join leads on eligible.lead_id = leads.lead_id
    where paths.needed_count = 0
        and greatest(leads.created_at, paths.from_at) < paths.to_at

)

select * from final
