-- The leads that may be one person with others: those that no merge took away, not deleted, there at as_of. A lead that was
-- not there yet says nothing about the others.

with {{ identity_settings() }},

records as (

    select * from {{ ref('int_lead_records') }}
    where is_kept and not is_deleted

),

merges as (

    select * from {{ ref('int_lead_merges') }}

),

final as (

    select
        records.lead_id,
        records._source as source,
        {{ source_position('records._source', 'settings.source_order') }} as source_position,
        records.email,
        records.full_name,
        records.created_at,
        records.changed_at
    from records
    left join merges on records.lead_id = merges.lead_id
    cross join settings
    where (merges.lead_id is null or merges.is_undone)
        and records.created_at <= {{ as_of() }}

)

select * from final
