-- What was published once about a hand-over stays: the score that sales saw. A hand-over that no earlier version knows
-- takes today's figure, and keeps it from now on. Activities that arrive late change today's score only.

with frozen as (

    select * from {{ ref('int_frozen_scores') }}

),

fresh as (

    select * from {{ ref('funnel_handoff_scores') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        lead_id,
        handed_over_at,
        scorecard_version,
        cast(score as double) as score,
        frozen_run_id
    from frozen

    union all

    select
        '{{ var("run_id") }}' as run_id,
        fresh.lead_id,
        fresh.handed_over_at,
        fresh.scorecard_version,
        fresh.score,
        '{{ var("run_id") }}' as frozen_run_id
    from fresh
    left join frozen
        on fresh.lead_id = frozen.lead_id
        and fresh.handed_over_at = frozen.handed_over_at
    where frozen.lead_id is null

)

select * from final
