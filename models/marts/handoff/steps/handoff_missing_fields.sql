-- What is not known of a lead that was handed over, field by field, of the fields that the agreement asks for. A blank is
-- not known either.

with leads as (

    select * from {{ ref('int_leads') }}

),

required as (

    select field from {{ ref('handoff_fields') }}

),

handed_over as (

    select distinct lead_id
    from {{ ref('handoff_instants') }}

),

known as (

    select
        handed_over.lead_id
        {%- for field in handoff_fields() %},
        coalesce(trim(cast(leads.{{ field }} as {{ dbt.type_string() }})), '') <> '' as has_{{ field }}
        {%- endfor %}
    from handed_over
    inner join leads on handed_over.lead_id = leads.lead_id

),

missing as (

    {%- for field in handoff_fields() %}

    select lead_id, '{{ field }}' as field
    from known
    where not has_{{ field }}
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}

),

final as (

    select
        missing.lead_id,
        missing.field
    from missing
    inner join required on missing.field = required.field

)

select * from final
