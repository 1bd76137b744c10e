-- The score of an episode when it qualified and when it was handed over, beside the threshold of the version in force
-- then, and the rule that gave most of its engagement points.

with rule_points as (

    select * from {{ ref('feedback_rule_points') }}

),

versions as (

    select * from {{ ref('scoring_versions') }}

),

top_rules as (

    select lead_id, episode_no, moment, rule_id
    from rule_points
    where axis = 'engagement' and points > 0
    qualify row_number() over (partition by lead_id, episode_no, moment order by points desc, rule_id) = 1

),

summed as (

    select
        lead_id,
        episode_no,
        moment,
        moment_at,
        version,
        cast(coalesce(sum(points), 0) as double) as score
    from rule_points
    group by lead_id, episode_no, moment, moment_at, version

),

final as (

    select
        summed.lead_id,
        summed.episode_no,
        summed.moment,
        summed.moment_at,
        summed.version,
        summed.score,
        summed.score >= versions.mql_score as is_above_threshold,
        top_rules.rule_id as top_rule
    from summed
    inner join versions on summed.version = versions.version
    left join top_rules
        on summed.lead_id = top_rules.lead_id
        and summed.episode_no = top_rules.episode_no
        and summed.moment = top_rules.moment

)

select * from final
