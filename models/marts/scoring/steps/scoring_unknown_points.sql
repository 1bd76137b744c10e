-- Points that a lead could still get if what we do not know about it were as the rules hope. Caps of groups are not
-- asked: it is the most that could be.

with rules as (

    select * from {{ ref('scoring_rules') }}
    where subject = 'lead' and points > 0

),

lead_versions as (

    select * from {{ ref('scoring_lead_versions') }}

),

lead_conditions as (

    select * from {{ ref('scoring_lead_conditions') }}

),

final as (

    select
        lead_conditions.lead_id,
        -- an attribute fires once, so the cap of the rule is all that can hold it down
        cast(sum(least(rules.points, coalesce(rules.cap_points, rules.points))) as double) as unknown_points
    from rules
    inner join lead_conditions
        on rules.field = lead_conditions.field
        and rules.operator = lead_conditions.operator
        and rules.value is not distinct from lead_conditions.value
    inner join lead_versions
        on lead_conditions.lead_id = lead_versions.lead_id
        and rules.version = lead_versions.version
    where lead_conditions.state is null
    group by lead_conditions.lead_id

)

select * from final
