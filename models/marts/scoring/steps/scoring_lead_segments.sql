-- The segment by whose scorecards a lead is scored: the first one that fits it and has a scorecard in force, else
-- all.

with leads as (

    select lead_id from {{ ref('int_leads') }}

),

segments as (

    select * from {{ ref('segments') }}

),

windows as (

    select distinct segment from {{ ref('scoring_windows') }}

),

lead_conditions as (

    select * from {{ ref('scoring_lead_conditions') }}

),

fitting as (

    select
        lead_conditions.lead_id,
        min_by(segments.segment, segments.position) as segment
    from segments
    inner join windows on segments.segment = windows.segment
    inner join lead_conditions
        on {{ same_condition('segments', 'lead_conditions') }}
    where lead_conditions.state = 1
    group by lead_conditions.lead_id

),

final as (

    select
        leads.lead_id,
        coalesce(fitting.segment, 'all') as segment
    from leads
    left join fitting on leads.lead_id = fitting.lead_id

)

select * from final
