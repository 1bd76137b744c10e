-- The version in force for a lead at as_of.

with lead_segments as (

    select * from {{ ref('scoring_lead_segments') }}

),

windows as (

    select * from {{ ref('scoring_windows') }}
    where from_at <= {{ as_of() }} and to_at > {{ as_of() }}

),

final as (

    select
        lead_segments.lead_id,
        lead_segments.segment,
        windows.version
    from lead_segments
    inner join windows on lead_segments.segment = windows.segment

)

select * from final
