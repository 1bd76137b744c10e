{#- Time, where the two engines differ. A timestamp is always UTC without a zone; a day is always a
    day of business_timezone. -#}

{#- Text to UTC timestamp: ISO 8601 with Z or an offset, or without (then a time of `zone`, by default the company's
    own), or as people in Japan write it (then a time of `zone` too); NULL when it is no such text. -#}
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
        -- without seconds, as kintone writes it: 2026-10-31T15:00Z
        when length({{ text }}) = 17 and substring({{ text }}, 17, 1) = 'Z' and {{ looks_like_timestamp(text) }}
            then try_cast(replace(substring({{ text }}, 1, 16), '/', '-') || ':00' as timestamp)
        when {{ matches(text, '(Z|[+-][0-9]{2}:?[0-9]{2})$') }} and {{ looks_like_timestamp(text) }}
            then timezone('UTC', try_cast({{ text }} as timestamptz))
        when {{ looks_like_timestamp(text) }}
            then {{ local_instant("try_cast(replace(" ~ text ~ ", '/', '-') as timestamp)", zone) }}
        else {{ local_instant('try_cast(' ~ written_in_japan(text) ~ ' as timestamp)', zone) }}
    end
{%- endmacro %}

{% macro spark__parse_timestamp(text, zone) -%}
    case
        when {{ matches(text, '(Z|[+-][0-9]{2}:?[0-9]{2})$') }} and {{ looks_like_timestamp(text) }}
            then try_cast({{ text }} as timestamp)
        when {{ looks_like_timestamp(text) }}
            then {{ local_instant("try_cast(replace(" ~ text ~ ", '/', '-') as timestamp)", zone) }}
        else {{ local_instant('try_cast(' ~ written_in_japan(text) ~ ' as timestamp)', zone) }}
    end
{%- endmacro %}

{#- The instant in UTC of a time on the wall of a zone (by default business_timezone; UTC is itself). The hour that a summer
    time ends with comes twice: the first of the two is meant, as Spark and most programs have it. DuckDB takes the second,
    so it is asked three hours before, when the clocks had not been changed; that answer holds where its time on the wall
    is the right one. -#}
{% macro local_instant(at, zone=none) -%}
    {{ return(at if zone == 'UTC' else adapter.dispatch('local_instant', 'leadloop')(at)) }}
{%- endmacro %}

{% macro duckdb__local_instant(at) -%}
    {%- set zone = var('business_timezone') -%}
    {%- set plain = "timezone('UTC', timezone('" ~ zone ~ "', " ~ at ~ "))" -%}
    {%- if steady_offset_minutes() is not none -%}
    {{ plain }}
    {%- else -%}
    {%- set first = "(timezone('UTC', timezone('" ~ zone ~ "', wall - to_hours(3))) + to_hours(3))" -%}
    {{ let('wall', at, "case when timezone('" ~ zone ~ "', timezone('UTC', " ~ first ~ ")) = wall then " ~ first
        ~ " else timezone('UTC', timezone('" ~ zone ~ "', wall)) end") }}
    {%- endif -%}
{%- endmacro %}

{% macro spark__local_instant(at) -%}
    to_utc_timestamp({{ at }}, '{{ var("business_timezone") }}')
{%- endmacro %}

{#- Does the time on the wall of business_timezone that this instant had come twice? Never in a zone without summer time. -#}
{% macro is_repeated_hour(at) -%}
    {{ return(adapter.dispatch('is_repeated_hour', 'leadloop')(at)) }}
{%- endmacro %}

{% macro duckdb__is_repeated_hour(at) -%}
    {%- set wall = "timezone('" ~ var('business_timezone') ~ "', timezone('UTC', " ~ at -%}
    {{ 'false' if steady_offset_minutes() is not none else wall ~ ')) = ' ~ wall ~ ' + to_hours(1)))' }}
{%- endmacro %}

{% macro spark__is_repeated_hour(at) -%}
    {%- set zone = var('business_timezone') -%}
    {{ 'false' if steady_offset_minutes() is not none
        else "from_utc_timestamp(" ~ at ~ ", '" ~ zone ~ "') = from_utc_timestamp(" ~ at ~ " + interval 1 hour, '" ~ zone ~ "')" }}
{%- endmacro %}

{#- The shape is checked first: engines guess generously (a bare year, a time alone, 'epoch'; hour 24 is a
    time to DuckDB alone). Months, days and hours may have one digit: 2026/1/5 9:05. -#}
{% macro looks_like_timestamp(text) -%}
    {{ matches(text, '^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([T ]([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$') }}
{%- endmacro %}

{#- Years of an era are counted from `before`; a day outside of its era is no day (平成32年, 令和元年4月). Days before 1990 are
    refused as sentinel dates, so older eras need no line. -#}
{% macro japanese_eras() %}
    {{ return([
        {'letter': 'R', 'name': '令和', 'before': 2018, 'first': '2019-05-01', 'last': '2117-12-31'},
        {'letter': 'H', 'name': '平成', 'before': 1988, 'first': '1989-01-08', 'last': '2019-04-30'},
        {'letter': 'S', 'name': '昭和', 'before': 1925, 'first': '1926-12-25', 'last': '1989-01-07'},
    ]) }}
{% endmacro %}

{#- Dates as people in Japan write them, as `2026-11-01 09:05:00`: 2026/11/1 9:05, 2026年11月1日 9時5分, 令和8年11月1日, 令和元年,
    R8.11.1, also with full-width digits. The year comes first in all of them: 11/01/2026 may be January, and a bare number a
    serial of Excel or anything else; both are NULL. -#}
{% macro written_in_japan(text) -%}
    {%- set eras = japanese_eras() -%}
    {%- set named = namespace(text='upper(' ~ text ~ ')') -%}
    {%- for era in eras -%}
        {%- set named.text = "replace(" ~ named.text ~ ", '" ~ era.name ~ "', '" ~ era.letter ~ "')" -%}
    {%- endfor -%}
    {%- set marked = "translate(" ~ named.text
        ~ ", '０１２３４５６７８９ＲＨＳ㋿㍻㍼元年月－．／/.日　ＴT：時分秒', '0123456789RHSRHS1-------    :::')" -%}
    {%- set padded = rewritten(rewritten(marked, '^([RHS])', 1, '', '-'), '[[b]]([0-9])[[b]]', 1, '0', '') -%}
    {%- set tidy = rewritten(rewritten(padded, '[ :]+$', 0, '', ''), '( )+', 1, '', '') -%}
    {%- set full = "(tidy || substring(' 00:00:00', length(tidy) - 9))" -%}
    {%- set rest = '-[0-9]{2}-[0-9]{2}( ([01][0-9]|2[0-3])(:[0-5][0-9](:[0-5][0-9])?)?)?$' -%}
    {%- set dated %}
        case
            when {{ matches('tidy', '^[0-9]{4}' ~ rest) }} then {{ full }}
            when {{ matches('tidy', '^[RHS]-[0-9]{2}' ~ rest) }} and substring(tidy, 3, 2) <> '00'
                then cast(
                    try_cast(substring(tidy, 3, 2) as int) + case substring(tidy, 1, 1)
                        {%- for era in eras %} when '{{ era.letter }}' then {{ era.before }}{% endfor %} end
                    as {{ dbt.type_string() }}
                ) || substring({{ full }}, 5)
        end
    {%- endset -%}
    {%- set in_its_era %}
        case
            {%- for era in eras %}
            when substring(tidy, 1, 1) = '{{ era.letter }}' and substring(dated, 1, 10) not between '{{ era.first }}' and '{{ era.last }}' then null
            {%- endfor %}
            else dated
        end
    {%- endset -%}
    {{ let('tidy', tidy, let('dated', dated, in_its_era)) }}
{%- endmacro %}

{% macro parse_date(text) -%}
    case
        when {{ matches(text, '^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}$') }}
            then try_cast(replace({{ text }}, '/', '-') as date)
        when {{ looks_like_timestamp(text) }}
            then {{ local_day(parse_timestamp(text)) }}
        else try_cast(substring({{ written_in_japan(text) }}, 1, 10) as date)
    end
{%- endmacro %}

{% macro as_of() -%}
    cast('{{ var("as_of") }}' as timestamp)
{%- endmacro %}

{#- How far business_timezone is from UTC, in minutes, where it has been the same since 1990 (no summer time); none
    where it changes. Earlier instants are refused as sentinel dates. To add minutes costs a tenth of asking the
    calendar for each of ten million events. Asked from UTC, because some local midnights never were. While dbt parses,
    nobody reads the answer and the project would ask two hundred times: none. -#}
{% macro steady_offset_minutes() -%}
    {%- if not execute -%}{{ return(none) }}{%- endif -%}
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

{#- A timestamp some microseconds later (the number may be a column). -#}
{% macro add_microseconds(at, microseconds) -%}
    {{ return(adapter.dispatch('add_microseconds', 'leadloop')(at, microseconds)) }}
{%- endmacro %}

{% macro duckdb__add_microseconds(at, microseconds) -%}
    ({{ at }} + to_microseconds(cast({{ microseconds }} as bigint)))
{%- endmacro %}

{% macro spark__add_microseconds(at, microseconds) -%}
    timestamp_micros(unix_micros({{ at }}) + cast({{ microseconds }} as bigint))
{%- endmacro %}

{#- The ISO day of the week of a date, Monday being 1. -#}
{% macro weekday(day) -%}
    cast(({{ date_diff_days("cast('1900-01-01' as date)", day) }} % 7 + 7) % 7 + 1 as int)
{%- endmacro %}

{#- The hour on the wall of business_timezone, 0 to 23. -#}
{% macro local_hour(at) -%}
    cast(floor(({{ microseconds(at) }} - {{ microseconds(day_start(local_day(at))) }}) / cast(3600000000 as double)) as int)
{%- endmacro %}
