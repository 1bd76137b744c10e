-- Under which id a tool knows a lead: what is written back has to carry the tool's id, not that of the survivor.

with lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        _source as source,
        source_lead_id,
        lead_id
    from lead_ids
    where row_status in ('loaded', 'merged') and not is_survivor_deleted

)

select * from final
