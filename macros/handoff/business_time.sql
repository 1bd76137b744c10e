{#- Where an instant stands on the clock of a team that runs in working time only, in microseconds since the calendar
    began. `calendar` is the row of dim_business_days of the team and the local day. The difference of two such places
    is the working time between them: a weekend, a holiday, the night and the noon of a half day cost nothing. -#}
{% macro business_clock(calendar, at) -%}
    ({{ calendar }}.worked_before + least(
        greatest({{ microseconds(at) }} - {{ microseconds(calendar ~ '.opens_at') }}, cast(0 as bigint)),
        {{ calendar }}.open_time
    ))
{%- endmacro %}

{#- The number of the working day to which an instant belongs: the first one that has working time left. -#}
{% macro business_day_of(calendar, at) -%}
    (case
        when {{ calendar }}.is_working and {{ at }} < {{ calendar }}.closes_at then {{ calendar }}.business_day_no
        else {{ calendar }}.business_day_no + 1
    end)
{%- endmacro %}

{#- Microseconds as hours. -#}
{% macro as_hours(microseconds) -%}
    (cast({{ microseconds }} as double) / cast(3600000000 as double))
{%- endmacro %}

{#- A time of day of a seed (09:00) as minutes after midnight. -#}
{% macro minute_of_day(text) -%}
    (try_cast(substring({{ text }}, 1, 2) as int) * 60 + try_cast(substring({{ text }}, 4, 2) as int))
{%- endmacro %}
