{#- CTEs `known` and `addresses`: leads of all tools by their id and by their mail address, for tools whose rows carry a key
    of the company. Of two leads with one address the one with the lower id. -#}
{% macro leads_by_key() -%}
known as (

    select lead_id
    from {{ ref('int_lead_rows') }}
    where broken_rule is null
    group by lead_id

),

addresses as (

    select lower(email) as email, min(lead_id) as lead_id
    from {{ ref('int_lead_rows') }}
    where email is not null and broken_rule is null
    group by lower(email)

)
{%- endmacro %}
