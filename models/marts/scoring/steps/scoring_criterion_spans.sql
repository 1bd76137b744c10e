-- From when until when a criterion held for a lead. held_until is exclusive, NULL where it never ends.

with criteria as (

    select * from {{ ref('scoring_criteria') }}

),

evidence as (

    select * from {{ ref('scoring_evidence') }}

),

final as (

    select version, stage, path, criterion, lead_id, held_from, held_until
    from {{ ref('scoring_criterion_counts') }}

    union all

    select version, stage, path, criterion, lead_id, held_from, held_until
    from {{ ref('scoring_score_spans') }}

    union all

    select
        evidence.version,
        evidence.stage,
        evidence.path,
        evidence.criterion,
        evidence.lead_id,
        evidence.first_at as held_from,
        case
            when criteria.window_days is not null
                then {{ window_end('evidence.last_at', 'criteria.window_days') }}
        end as held_until
    from evidence
    inner join criteria
        on evidence.version = criteria.version
        and evidence.stage = criteria.stage
        and evidence.path = criteria.path
        and evidence.criterion = criteria.criterion
    where criteria.min_count = 1

)

select * from final
