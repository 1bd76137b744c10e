-- Leads that no path qualifies, whatever they do.

with disqualified as (

    select * from {{ ref('scoring_disqualified') }}

),

final as (

    select lead_id
    from disqualified
    where is_blocked

)

select * from final
