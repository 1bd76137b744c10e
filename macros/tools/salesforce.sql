{#- How Salesforce writes ids, times and deletions. Sales Cloud and Account Engagement share it. -#}

{#- An id in its 18 characters. Reports show the first 15, in which upper and lower case differ; the API adds three that
    say which of each five letters are capitals (Excel and other programs that are blind to case need them). The 18 are
    what the API writes and a file for Data Loader takes, and they follow from the 15. Whatever is no id stays as it is. -#}
{% macro salesforce_id(column) -%}
    {%- set id = clean_text(column) -%}
    case
        when length({{ id }}) = 15 and {{ matches(id, '^[0-9A-Za-z]{15}$') }}
            then {{ id }}
                {%- for block in (1, 6, 11) %}
                || substring('ABCDEFGHIJKLMNOPQRSTUVWXYZ012345', 1
                    {%- for place in range(5) %}
                    + case when {{ matches('substring(' ~ id ~ ', ' ~ (block + place) ~ ', 1)', '[A-Z]') }} then {{ 2 ** place }} else 0 end
                    {%- endfor %}, 1)
                {%- endfor %}
        else {{ id }}
    end
{%- endmacro %}

{#- An instant: connectors write UTC without saying so (2026-10-31 15:00:00, BigQuery with UTC behind it), exports say
    their zone, reports are in the company's own time with slashes (2026/11/01 0:00), and a day alone is a day of the
    company's calendar. -#}
{% macro salesforce_time(column) -%}
    {%- set at = clean_text(column) -%}
    case
        when {{ matches(at, '^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]+( UTC)?$') }} then replace({{ at }}, ' UTC', '') || 'Z'
        else {{ at }}
    end
{%- endmacro %}

{#- A day that connectors give a time of midnight. -#}
{% macro salesforce_day(column) -%}
    substring({{ clean_text(column) }}, 1, 10)
{%- endmacro %}

{#- Does the row hold no more: deleted, or an old version in a table with history? -#}
{% macro salesforce_is_gone(is_versioned=false) -%}
    (coalesce({{ parse_boolean('is_deleted') }}, false)
        {%- if is_versioned %} or not coalesce({{ parse_boolean('_fivetran_active') }}, true){% endif %})
{%- endmacro %}

{#- Has a campaign of Sales Cloud a cost to share out? None and zero are the same; what is no number is one that nobody
    can read, and waits in quarantine. -#}
{% macro salesforce_has_cost() -%}
    ({{ clean_text('actual_cost') }} is not null
        and coalesce({{ number_text(clean_text('actual_cost')) }}, '') not in ('0', '0.0', '0.00') and not {{ salesforce_is_gone() }})
{%- endmacro %}

{#- Has a campaign of Account Engagement one? -#}
{% macro account_engagement_has_cost() -%}
    ({{ clean_text('cost') }} is not null
        and coalesce({{ number_text(clean_text('cost')) }}, '') not in ('0', '0.0', '0.00')
        and not coalesce({{ parse_boolean('_fivetran_deleted') }}, false))
{%- endmacro %}
