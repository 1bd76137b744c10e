-- How often a journey went from one state to the next: 0 is the start, -1 the win, -2 the end without one.

with paths as (

    select * from {{ ref('roi_paths') }}

),

next_steps as (

    select
        state_no as from_state,
        touch_no,
        coalesce(
            lead(state_no) over (partition by is_lead, owner_id order by touch_no),
            case when is_won then -1 else -2 end
        ) as to_state
    from paths

),

counted as (

    select
        from_state,
        to_state,
        count(*) as n,
        count(case when touch_no = 1 then 1 end) as start_n
    from next_steps
    group by from_state, to_state

),

all_counts as (

    select from_state, to_state, n
    from counted
    where from_state <> to_state

    union all

    select 0 as from_state, from_state as to_state, sum(start_n) as n
    from counted
    group by from_state

),

final as (

    select
        cast(from_state as int) as from_state,
        cast(to_state as int) as to_state,
        cast(n as bigint) as n
    from all_counts

)

select * from final
