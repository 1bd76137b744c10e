{#- Time, where the two engines differ. A timestamp is always UTC without a zone; a day is always a
    day of business_timezone. -#}

{#- Text to UTC timestamp: ISO 8601 with Z or an offset, or without (then a time of `zone`, by default the company's
    own); NULL when it is no such text. -#}
{% macro parse_timestamp(text, zone=none) -%}
    {{ return(adapter.dispatch('parse_timestamp', 'leadloop')(text, zone or var('business_timezone'))) }}
{%- endmacro %}

{#- Connectors write UTC without saying so. -#}
{% macro parse_utc_timestamp(text) -%}
    {{ parse_timestamp(text, 'UTC') }}
{%- endmacro %}

{% macro duckdb__parse_timestamp(text, zone) -%}
    case
        -- what the loader writes, read without a pattern: 2026-10-31T15:00:00Z
        when length({{ text }}) = 20 and substring({{ text }}, 20, 1) = 'Z'
            and substring({{ text }}, 11, 1) = 'T' and substring({{ text }}, 12, 2) < '24'
            then try_cast({{ text }} as timestamp)
        when {{ matches(text, '(Z|[+-][0-9]{2}:?[0-9]{2})$') }} and {{ looks_like_timestamp(text) }}
            then timezone('UTC', try_cast({{ text }} as timestamptz))
        when {{ looks_like_timestamp(text) }}
            then timezone('UTC', timezone('{{ zone }}', try_cast(replace({{ text }}, '/', '-') as timestamp)))
    end
{%- endmacro %}

{% macro spark__parse_timestamp(text, zone) -%}
    case
        when {{ matches(text, '(Z|[+-][0-9]{2}:?[0-9]{2})$') }} and {{ looks_like_timestamp(text) }}
            then try_cast({{ text }} as timestamp)
        when {{ looks_like_timestamp(text) }}
            then to_utc_timestamp(try_cast(replace({{ text }}, '/', '-') as timestamp), '{{ zone }}')
    end
{%- endmacro %}

{#- The shape is checked first: engines guess generously (a bare year, a time alone, 'epoch'; hour 24 is a
    time to DuckDB alone). Months, days and hours may have one digit: 2026/1/5 9:05. -#}
{% macro looks_like_timestamp(text) -%}
    {{ matches(text, '^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([T ]([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$') }}
{%- endmacro %}

{% macro parse_date(text) -%}
    case
        when {{ matches(text, '^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}$') }}
            then try_cast(replace({{ text }}, '/', '-') as date)
        when {{ looks_like_timestamp(text) }}
            then {{ local_day(parse_timestamp(text)) }}
    end
{%- endmacro %}

{% macro as_of() -%}
    cast('{{ var("as_of") }}' as timestamp)
{%- endmacro %}

{#- How far business_timezone is from UTC, in minutes, where it has been the same since 1990 (no summer time); none
    where it changes. Earlier instants are refused as sentinel dates. To add minutes costs a tenth of asking the
    calendar for each of ten million events. Asked from UTC, because some local midnights never were. -#}
{% macro steady_offset_minutes() -%}
    {%- set zone = modules.pytz.timezone(var('business_timezone')) -%}
    {%- set offsets = [] -%}
    {%- for year in range(1990, 2038) -%}
        {%- for month in range(1, 13) -%}
            {%- set moment = modules.pytz.utc.localize(modules.datetime.datetime(year, month, 1)).astimezone(zone) -%}
            {%- set minutes = (moment.utcoffset().total_seconds() / 60) | int -%}
            {%- if minutes not in offsets -%}{%- do offsets.append(minutes) -%}{%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(offsets[0] if offsets | length == 1 else none) }}
{%- endmacro %}

{#- The local calendar day of a UTC timestamp. -#}
{% macro local_day(at) -%}
    {{ return(adapter.dispatch('local_day', 'leadloop')(at)) }}
{%- endmacro %}

{% macro duckdb__local_day(at) -%}
    {%- set minutes = steady_offset_minutes() -%}
    {%- if minutes is not none -%}
    cast({{ at }} + to_minutes({{ minutes }}) as date)
    {%- else -%}
    cast(timezone('{{ var("business_timezone") }}', timezone('UTC', {{ at }})) as date)
    {%- endif -%}
{%- endmacro %}

{% macro spark__local_day(at) -%}
    to_date(from_utc_timestamp({{ at }}, '{{ var("business_timezone") }}'))
{%- endmacro %}

{#- The first day of the local month. -#}
{% macro local_month(at) -%}
    cast(date_trunc('month', {{ local_day(at) }}) as date)
{%- endmacro %}

{#- Midnight of a local day, in UTC. -#}
{% macro day_start(day) -%}
    {{ return(adapter.dispatch('day_start', 'leadloop')(day)) }}
{%- endmacro %}

{% macro duckdb__day_start(day) -%}
    timezone('UTC', timezone('{{ var("business_timezone") }}', cast({{ day }} as timestamp)))
{%- endmacro %}

{% macro spark__day_start(day) -%}
    to_utc_timestamp(cast({{ day }} as timestamp), '{{ var("business_timezone") }}')
{%- endmacro %}

{#- Days with their fraction from one instant to another, as double. -#}
{% macro days_between(from_at, to_at) -%}
    {{ return(adapter.dispatch('days_between', 'leadloop')(from_at, to_at)) }}
{%- endmacro %}

{% macro duckdb__days_between(from_at, to_at) -%}
    (cast(epoch_us({{ to_at }}) - epoch_us({{ from_at }}) as double) / 86400000000.0::double)
{%- endmacro %}

{% macro spark__days_between(from_at, to_at) -%}
    (cast(unix_micros({{ to_at }}) - unix_micros({{ from_at }}) as double) / cast(86400000000 as double))
{%- endmacro %}

{#- Whole days from one date to another. -#}
{% macro date_diff_days(from_on, to_on) -%}
    {{ return(adapter.dispatch('date_diff_days', 'leadloop')(from_on, to_on)) }}
{%- endmacro %}

{% macro duckdb__date_diff_days(from_on, to_on) -%}
    cast(date_diff('day', {{ from_on }}, {{ to_on }}) as bigint)
{%- endmacro %}

{% macro spark__date_diff_days(from_on, to_on) -%}
    cast(datediff({{ to_on }}, {{ from_on }}) as bigint)
{%- endmacro %}

{#- A timestamp some minutes later (the number may be a column). -#}
{% macro add_minutes(at, minutes) -%}
    {{ return(adapter.dispatch('add_minutes', 'leadloop')(at, minutes)) }}
{%- endmacro %}

{% macro duckdb__add_minutes(at, minutes) -%}
    ({{ at }} + to_minutes(cast({{ minutes }} as bigint)))
{%- endmacro %}

{% macro spark__add_minutes(at, minutes) -%}
    timestampadd(minute, cast({{ minutes }} as int), {{ at }})
{%- endmacro %}

{#- A date some months later (a literal or a column). -#}
{% macro add_months(day, months) -%}
    {{ return(adapter.dispatch('add_months', 'leadloop')(day, months)) }}
{%- endmacro %}

{% macro duckdb__add_months(day, months) -%}
    cast({{ day }} + to_months(cast({{ months }} as int)) as date)
{%- endmacro %}

{% macro spark__add_months(day, months) -%}
    add_months({{ day }}, cast({{ months }} as int))
{%- endmacro %}

{% macro add_days(day, days) -%}
    {{ return(adapter.dispatch('add_days', 'leadloop')(day, days)) }}
{%- endmacro %}

{% macro duckdb__add_days(day, days) -%}
    cast({{ day }} + to_days(cast({{ days }} as int)) as date)
{%- endmacro %}

{% macro spark__add_days(day, days) -%}
    date_add({{ day }}, cast({{ days }} as int))
{%- endmacro %}

{#- Whole numbers from 0 to last - 1, one a row, column n. -#}
{% macro numbers(count) -%}
    {{ return(adapter.dispatch('numbers', 'leadloop')(count)) }}
{%- endmacro %}

{% macro duckdb__numbers(count) -%}
    select cast(range as int) as n from range({{ count }})
{%- endmacro %}

{% macro spark__numbers(count) -%}
    select cast(id as int) as n from range({{ count }})
{%- endmacro %}

{#- The first instant after a window of some days that began at `at`; the last day counts whole, to the
    microsecond: day 30 of a 30-day window is in, day 31 is out. -#}
{% macro window_end(at, days) -%}
    ({{ add_minutes(at, days ~ ' * 1440') }} + interval 1 microsecond)
{%- endmacro %}

{#- An instant as whole microseconds. -#}
{% macro microseconds(at) -%}
    {{ return(adapter.dispatch('microseconds', 'leadloop')(at)) }}
{%- endmacro %}

{% macro duckdb__microseconds(at) -%}
    epoch_us({{ at }})
{%- endmacro %}

{% macro spark__microseconds(at) -%}
    unix_micros({{ at }})
{%- endmacro %}
