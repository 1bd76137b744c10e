-- The version in force for a lead at as_of.

with lead_windows as (

    select * from {{ ref('scoring_lead_windows') }}

),

final as (

    select lead_id, version
    from lead_windows
    where {{ is_in_force('lead_windows', as_of()) }}

)

select * from final
