-- Detects: a lead that stands in more than one stage at once.
-- Because: every count of "who is where" doubles it; it happens when an episode is not closed by the return
--     that ends it.
-- A row means: this lead has `open_stages` stages that nothing has ended.

with entries as (

    select * from {{ ref('fct_stage_entries') }}

),

final as (

    select
        lead_id,
        count(*) as open_stages
    from entries
    where exited_at is null
        and stage not in ('won', 'lost')
    group by lead_id
    having count(*) > 1

)

select * from final
