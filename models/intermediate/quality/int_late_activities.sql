-- Activities that had happened long before the load that first brought them, where their source had been loaded before.
-- The score at hand-over stays what it was; today's score takes them in. The first load of a source brings its
-- whole past, and a snapshot is always a first load: neither is late.

with activity_rows as (

    select * from {{ ref('int_activity_rows') }}

),

resolved as (

    select * from {{ ref('int_activities_resolved') }}
    where row_status = 'loaded'

),

first_loads as (

    select
        _source,
        min(_loaded_at) as first_loaded_at
    from activity_rows
    group by _source

),

of_later_loads as (

    select distinct activity_rows.activity_id
    from activity_rows
    inner join first_loads on activity_rows._source = first_loads._source
    where activity_rows._loaded_at > first_loads.first_loaded_at

),

arrivals as (

    select
        activity_rows.activity_id,
        activity_rows._source,
        min(activity_rows._loaded_at) as arrived_at
    from activity_rows
    inner join of_later_loads on activity_rows.activity_id = of_later_loads.activity_id
    group by activity_rows.activity_id, activity_rows._source

),

final as (

    select
        arrivals.activity_id,
        arrivals._source
    from arrivals
    inner join first_loads on arrivals._source = first_loads._source
    inner join resolved
        on arrivals.activity_id = resolved.activity_id
        and arrivals._source = resolved._source
    where arrivals.arrived_at > first_loads.first_loaded_at
        and resolved.occurred_at < {{ add_minutes('arrivals.arrived_at', '-1440 * ' ~ var('late_after_days')) }}

)

select * from final
