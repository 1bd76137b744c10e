-- The rules that would still give a lead points if what we do not know about it were as they hope. An attribute fires
-- once, so that the cap of the rule is all that can hold it down; caps of groups are not asked: it is the most that could be.

with rules as (

    select
        version,
        rule_id,
        field,
        operator,
        value,
        least(points, coalesce(cap_points, points)) as could_give
    from {{ ref('scoring_point_rules') }}
    where subject = 'lead'

),

lead_versions as (

    select * from {{ ref('scoring_lead_versions') }}

),

lead_conditions as (

    select * from {{ ref('scoring_lead_conditions') }}
    where state is null

),

final as (

    select
        lead_conditions.lead_id,
        rules.version,
        rules.rule_id,
        rules.could_give
    from rules
    inner join lead_conditions
        on {{ same_condition('rules', 'lead_conditions') }}
    inner join lead_versions
        on lead_conditions.lead_id = lead_versions.lead_id
        and rules.version = lead_versions.version
    where rules.could_give > 0

)

select * from final
