-- Scores that an earlier version published for a hand-over, of leads that are still there. Nothing from after as_of when a
-- build looks at the past.

with frozen as (

    select * from {{ source('raw', 'frozen_scores') }}

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}
    where is_kept and row_status = 'loaded'

),

final as (

    select
        frozen.lead_id,
        frozen.handed_over_at,
        frozen.scorecard_version,
        frozen.score,
        frozen.frozen_run_id
    from frozen
    inner join lead_ids on frozen.lead_id = lead_ids.source_lead_id
    where frozen.handed_over_at <= {{ as_of() }}

)

select * from final
