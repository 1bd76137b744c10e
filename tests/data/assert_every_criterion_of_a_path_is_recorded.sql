-- Detects: an MQL or SQL of which a criterion is not recorded, or recorded without the fact that met it.
-- Because: sales asks by what a lead qualified; an answer with a gap is none.
-- A row means: the qualification has `recorded` of `criteria_count` criteria, and `unmet` of them have no fact.

with qualifications as (

    select * from {{ ref('fct_qualifications') }}
    where basis = 'in_force'

),

criteria as (

    select * from {{ ref('scoring_criteria') }}

),

recorded as (

    select
        recorded.lead_id,
        recorded.episode_no,
        recorded.stage,
        count(*) as recorded,
        count(case when recorded.met_at is null and criteria.subject <> 'score' then 1 end) as unmet
    from {{ ref('fct_qualification_criteria') }} as recorded
    inner join criteria
        on recorded.scorecard_version = criteria.version
        and recorded.stage = criteria.stage
        and recorded.path = criteria.path
        and recorded.criterion = criteria.criterion
        and criteria.role = 'enter'
    group by recorded.lead_id, recorded.episode_no, recorded.stage

),

final as (

    select
        qualifications.lead_id,
        qualifications.episode_no,
        qualifications.stage,
        qualifications.path,
        qualifications.criteria_count,
        coalesce(recorded.recorded, 0) as recorded,
        coalesce(recorded.unmet, 0) as unmet
    from qualifications
    left join recorded
        on qualifications.lead_id = recorded.lead_id
        and qualifications.episode_no = recorded.episode_no
        and qualifications.stage = recorded.stage
    where coalesce(recorded.recorded, 0) <> qualifications.criteria_count
        or recorded.unmet > 0

)

select * from final
