-- Which version is in force for a lead, and when. A view: it says no more than the lead's segment and the windows of that,
-- and whoever asks wants one instant of each lead.

with lead_segments as (

    select * from {{ ref('scoring_lead_segments') }}

),

windows as (

    select * from {{ ref('scoring_windows') }}

),

final as (

    select
        lead_segments.lead_id,
        windows.version,
        windows.from_at,
        windows.to_at
    from lead_segments
    inner join windows on lead_segments.segment = windows.segment

)

select * from final
