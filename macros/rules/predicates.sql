{#- What a condition says about a value: 1 it holds, 0 it does not, NULL we do not know. The operators are in operators.sql.
    `text` and `number` are the two readings of the value; `operator` and `value` come from a seed. -#}
{% macro condition_state(operator, value, text, number) -%}
    {%- set known = operators(text, number, value) -%}
    case
        {%- for reads in ['presence', 'text', 'number'] %}
        {%- if reads == 'text' %}
        when {{ text }} is null then null
        {%- elif reads == 'number' %}
        when {{ number }} is null then null
        {%- endif %}
        {%- for name, one in known.items() if one.reads == reads %}
        when {{ operator }} = '{{ name }}' then case when {{ one.holds }} then 1 else 0 end
        {%- endfor %}
        {%- endfor %}
    end
{%- endmacro %}

{#- Do two rows ask the same? Both have field, operator and value; two without a value ask the same too. -#}
{% macro same_condition(one, other) -%}
    {{ one }}.field = {{ other }}.field
        and {{ one }}.operator = {{ other }}.operator
        and {{ one }}.value is not distinct from {{ other }}.value
{%- endmacro %}

{#- Fields of a lead that a rule may name. leadloop/agreement/rule_language.py has the same list and a
    test keeps them equal. -#}
{% macro lead_fields() %}
    {{ return('job_level industry employee_count country prefecture product department job_title company_domain email_domain source_channel source_campaign source_content is_opted_out'.split()) }}
{% endmacro %}

{#- The value of a field of a lead as text, from the columns of int_leads. That says 'unknown' for a channel that nobody
    named, so that every cut has a row for it; a condition asks whether we know. -#}
{% macro lead_field_text(field) -%}
    {%- set columns = {'source_channel': "nullif(channel, 'unknown')", 'source_campaign': 'campaign', 'source_content': 'content'} -%}
    case {{ field }}
        {%- for name in lead_fields() %}
        when '{{ name }}' then cast({{ columns.get(name, name) }} as {{ dbt.type_string() }})
        {%- endfor %}
    end
{%- endmacro %}

{% macro activity_fields() %}
    {{ return('content_id content_name content_type url channel campaign answer actor content_answer'.split()) }}
{% endmacro %}

{#- The value of an activity's field as text; without a field the event itself is the value. -#}
{% macro activity_field_text(field) -%}
    case
        when {{ field }} is null then activity_type
        {%- for name in activity_fields() %}
        when {{ field }} = '{{ name }}' then cast({{ name }} as {{ dbt.type_string() }})
        {%- endfor %}
    end
{%- endmacro %}

{#- The thing of which only the first time counts, or which is counted: a local day, a session, a content; `lead` is
    one thing for all a lead does, and by default every event is its own. -#}
{% macro distinct_thing(distinct_by) -%}
    case {{ distinct_by }}
        when 'lead' then 'lead'
        when 'day' then cast(activities.occurred_on as {{ dbt.type_string() }})
        when 'session' then coalesce(activities.session_id, cast(activities.occurred_on as {{ dbt.type_string() }}))
        when 'content' then coalesce(activities.content_id, activities.content_name, activities.url)
        else activities.activity_id
    end
{%- endmacro %}

{#- What a firing adds to a running sum that a cap holds down; without a cap all of it. -#}
{% macro capped_step(running_sum, points, cap) -%}
    case
        when {{ cap }} is null then {{ points }}
        else least({{ running_sum }}, {{ cap }}) - least({{ running_sum }} - {{ points }}, {{ cap }})
    end
{%- endmacro %}

{#- Points that are left of a firing some time later. -#}
{% macro decayed_points(points, decay, decay_days, fired_at, at) -%}
    case {{ decay }}
        when 'half_life' then {{ points }} * power(cast(0.5 as double), {{ days_between(fired_at, at) }} / {{ decay_days }})
        when 'linear' then {{ points }} * greatest(cast(0 as double), 1 - {{ days_between(fired_at, at) }} / {{ decay_days }})
        when 'step' then case when {{ days_between(fired_at, at) }} < {{ decay_days }} then {{ points }} else cast(0 as double) end
        else {{ points }}
    end
{%- endmacro %}
