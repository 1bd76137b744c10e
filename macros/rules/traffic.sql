{#- The events that the condition of a filter of some kind holds for, each with that filter: the columns of the
    event that are named, and the filter's own. A select and not a model: each kind needs few columns of many
    events, and a kind without a filter reads nothing. Filters that mean the event itself are a part of their
    own, because a condition reads every column that it could name. -#}
{% macro events_seen_by(kind, columns) -%}
    {{ _events_of_filters(kind, columns, false) }}

    union all

    {{ _events_of_filters(kind, columns, true) }}
{%- endmacro %}

{% macro _events_of_filters(kind, columns, has_field) -%}
    select
        {%- for column in columns %}
        seen.{{ column }},
        {%- endfor %}
        filters.position,
        filters.after_event,
        filters.within_seconds,
        filters.min_count
    from (
        select
            activities.*,
            {{ content_of_event() }} as content,
            {{ content_answer() }} as content_answer
        from {{ ref('int_activities_resolved') }} as activities
        where {{ is_loaded_by_now() }}
    ) as seen
    inner join (
        select filters.*, event_types.activity_type as seen_type
        from {{ ref('traffic_filters') }} as filters
        inner join {{ ref('event_types') }} as event_types
            on filters.subject = event_types.activity_type
            or filters.subject = 'any_activity'
            or (filters.subject = 'visit' and event_types.is_visit)
        where filters.kind = '{{ kind }}'
            and filters.field is {{ 'not' if has_field }} null
    ) as filters
        on seen.activity_type = filters.seen_type
    {%- if has_field %}
    where {{ activity_condition('filters') }}
    {%- endif %}
{%- endmacro %}

{#- What an event is about, as far as it says. -#}
{% macro content_of_event() -%}
    coalesce(content_id, content_name)
{%- endmacro %}

{#- An answer with its question, in one text that a condition can name. -#}
{% macro content_answer() -%}
    content_id || ':' || answer
{%- endmacro %}

{#- Rows of int_activities_resolved that count at as_of. -#}
{% macro is_loaded_by_now() -%}
    row_status = 'loaded' and occurred_at <= {{ as_of() }}
{%- endmacro %}

{#- The number of the stretch of some seconds in which an instant lies. -#}
{% macro time_bucket_no(at, seconds) -%}
    cast(floor({{ microseconds(at) }} / (cast({{ seconds }} as double) * 1000000)) as bigint)
{%- endmacro %}

{#- Do not more than some seconds lie between two instants, the first of which comes first or at once? -#}
{% macro is_within_seconds(from_at, to_at, seconds) -%}
    ({{ microseconds(to_at) }} - {{ microseconds(from_at) }}
        between 0 and cast({{ seconds }} as bigint) * 1000000)
{%- endmacro %}
