{#- CTE `settings`: the agreement on identity as one row. A rule that is off has no value; a limit that is off is none.
    A list of sources begins and ends with the bar that separates them, so that in_sources finds whole names. -#}
{% macro identity_settings() -%}
settings as (

    select
        max(case when rule = 'email' and is_on then 1 else 0 end) = 1 as joins_by_email,
        max(case when rule = 'plus_tags_removed' and is_on then 1 else 0 end) = 1 as removes_plus_tags,
        max(case when rule = 'names_per_address' and is_on then try_cast(value as bigint) end) as names_per_address,
        max(case when rule = 'claims_per_id' and is_on then try_cast(value as bigint) end) as claims_per_id,
        coalesce(max(case when rule = 'fill_empty' and is_on then value end), 'off') as fill_order,
        coalesce(max(case when rule = 'same_source_email' and is_on then '|' || value || '|' end), '') as same_sources,
        coalesce(max(case when rule = 'source_order' and is_on then '|' || value || '|' end), '') as source_order
    from {{ ref('identity_rules') }}

)
{%- endmacro %}

{#- Is the source in such a list? -#}
{% macro in_sources(source, list) -%}
    (instr({{ list }}, '|' || {{ source }} || '|') > 0)
{%- endmacro %}

{#- Its place there, to sort by; sources that are not named come after all that are. -#}
{% macro source_position(source, list) -%}
    cast(coalesce(nullif(instr({{ list }}, '|' || {{ source }} || '|'), 0), 1000000) as bigint)
{%- endmacro %}

{#- The order in which one of several leads is the one that stays. -#}
{% macro survivor_order(leads) -%}
    {{ leads }}.source_position, {{ leads }}.created_at, {{ leads }}.lead_id
{%- endmacro %}

{#- What a lead says of itself and another lead of the same person may say in its place. -#}
{% macro person_fields() %}
    {{ return([
        'email', 'full_name', 'company_name', 'company_domain', 'job_title', 'department', 'industry', 'employee_count', 'country',
        'prefecture', 'source_channel', 'source_campaign', 'source_content', 'product', 'owner_id',
    ]) }}
{% endmacro %}
