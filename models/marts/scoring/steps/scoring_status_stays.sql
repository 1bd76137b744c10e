-- How long a status lasts once it is entered: the stretches in which a criterion of role stay holds without a break.
-- Spans that touch or overlap make one stretch.

with criteria as (

    select distinct version, stage, criterion, question_no
    from {{ ref('scoring_criteria') }}
    where role = 'stay'

),

spans as (

    select
        criteria.version,
        criteria.stage,
        criteria.criterion,
        spans.lead_id,
        spans.held_from,
        coalesce(spans.held_until, cast('9999-12-31 00:00:00' as timestamp)) as held_until
    from {{ ref('scoring_criterion_spans') }} as spans
    inner join criteria on spans.question_no = criteria.question_no

),

reaches as (

    select
        spans.*,
        max(held_until) over (
            partition by version, stage, criterion, lead_id
            order by held_from, held_until
            rows between unbounded preceding and 1 preceding
        ) as reached_until
    from spans

),

numbered as (

    select
        reaches.*,
        sum(case when reached_until >= held_from then 0 else 1 end) over (
            partition by version, stage, criterion, lead_id
            order by held_from, held_until
            rows between unbounded preceding and current row
        ) as stretch_no
    from reaches

),

final as (

    select
        version,
        stage,
        criterion,
        lead_id,
        min(held_from) as held_from,
        max(held_until) as held_until
    from numbered
    group by version, stage, criterion, lead_id, stretch_no

)

select * from final
