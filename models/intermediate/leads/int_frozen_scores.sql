-- Scores that an earlier version published for a hand-over, of leads that are still there, or that are part of another by
-- now: the hand-over went with them, and the score of a lead's own hand-over comes first. Nothing from after as_of when a
-- build looks at the past.

with frozen as (

    select * from {{ source('raw', 'frozen_scores') }}

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}
    where is_kept and not is_survivor_deleted and row_status in ('loaded', 'merged')

),

final as (

    select
        lead_ids.lead_id,
        frozen.handed_over_at,
        frozen.scorecard_version,
        frozen.score,
        frozen.frozen_run_id
    from frozen
    inner join lead_ids on frozen.lead_id = lead_ids.source_lead_id
    where frozen.handed_over_at <= {{ as_of() }}
    qualify row_number() over (
        partition by lead_ids.lead_id, frozen.handed_over_at
        order by case when frozen.lead_id = lead_ids.lead_id then 0 else 1 end, frozen.lead_id
    ) = 1

)

select * from final
