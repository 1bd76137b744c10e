-- A decision about two leads, as each of the two sees it.

with exceptions as (

    select * from {{ ref('identity_exceptions') }}

),

final as (

    select
        lead_id_a as lead_id,
        lead_id_b as other_lead_id,
        decision,
        true as is_as_written
    from exceptions

    union all

    select
        lead_id_b as lead_id,
        lead_id_a as other_lead_id,
        decision,
        false as is_as_written
    from exceptions

)

select * from final
