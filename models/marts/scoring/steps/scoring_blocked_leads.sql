-- Leads that no path of a version qualifies, whatever they do.

with disqualified as (

    select * from {{ ref('scoring_disqualified') }}

),

final as (

    select version, lead_id
    from disqualified
    where is_blocked

)

select * from final
