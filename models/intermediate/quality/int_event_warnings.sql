-- What is odd about events, deals and changes that count.

with activities as (

    select * from {{ ref('int_activities_resolved') }}
    where row_status = 'loaded'

),

late as (

    select * from {{ ref('int_late_activities') }}

),

deals as (

    select * from {{ ref('int_deals_resolved') }}
    where row_status = 'loaded'

),

stage_changes as (

    select * from {{ ref('int_stage_changes_resolved') }}
    where row_status = 'loaded'

),

reasons as (

    select * from {{ ref('return_reasons') }}

),

given_reasons as (

    select 'activities' as table_name, _source, answer as reason
    from activities
    where activity_type = 'returned' and answer is not null

    union all

    select 'stage_changes' as table_name, _source, reason
    from stage_changes
    where to_stage = 'returned' and reason is not null

),

final as (

    select
        'activities' as table_name, 'unknown_event_type' as rule, _source,
        cast(null as {{ dbt.type_string() }}) as _file, cast(null as bigint) as _line
    from activities
    where activity_type = 'other' and source_activity_type <> 'other'

    union all

    select 'activities' as table_name, 'late_activity' as rule, _source, null as _file, null as _line
    from late

    union all

    select
        given_reasons.table_name, 'unknown_return_reason' as rule, given_reasons._source,
        null as _file, null as _line
    from given_reasons
    left join reasons
        on lower(given_reasons.reason) = reasons.reason_code
        or {{ in_list('lower(given_reasons.reason)', 'lower(reasons.source_words)') }}
    where reasons.reason_code is null

    union all

    select 'deals' as table_name, 'zero_amount' as rule, _source, _file, _line
    from deals
    where amount = 0
    {%- if steady_offset_minutes() is none %}
    {%- for table_name, model, column in local_times() %}

    union all

    select '{{ table_name }}' as table_name, 'repeated_hour' as rule, _source, _file, _line
    from {{ ref(model) }}
    where broken_rule is null
        and not {{ matches('raw_' ~ column, '(Z|[+-][0-9]{2}:?[0-9]{2})$') }}
        and {{ is_repeated_hour(column) }}
    {%- endfor %}
    {%- endif %}

)

select * from final
