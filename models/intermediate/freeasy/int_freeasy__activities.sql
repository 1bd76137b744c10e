-- The key is an id of a lead of any tool, or its address.

with answers as (

    select * from {{ ref('stg_freeasy__answers') }}

),

{{ leads_by_key() }},

final as (

    select {{ staged_columns('activities', 'answers', {
        'lead_id': 'coalesce(known.lead_id, addresses.lead_id, answers.lead_id)',
    }) }}
    from answers
    left join known on answers.lead_id = known.lead_id
    left join addresses on lower(answers.lead_id) = addresses.email

)

select * from final
