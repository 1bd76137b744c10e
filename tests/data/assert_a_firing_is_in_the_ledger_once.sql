-- Detects: the same fact counted twice under one rule of one version.
-- Because: an activity that is loaded twice, or a join to a seed that lost its key, doubles points without any
--     other trace; a rule on attributes fires once a lead and has no activity.
-- A row means: this activity (or the lead itself) fired the rule `firings` times.

with ledger as (

    select * from {{ ref('fct_score_ledger') }}

),

final as (

    select
        lead_id,
        scorecard_version,
        rule_id,
        activity_id,
        count(*) as firings
    from ledger
    group by lead_id, scorecard_version, rule_id, activity_id
    having count(*) > 1

)

select * from final
