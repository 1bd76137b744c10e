-- Every time sales gave a lead back: as an event with a reason, or as a status of the tool. Two records
-- of one return on one day are one return.

with activities as (

    select * from {{ ref('int_activities') }}

),

stage_changes as (

    select * from {{ ref('int_stage_changes') }}

),

reasons as (

    select * from {{ ref('return_reasons') }}

),

returns as (

    select
        lead_id,
        occurred_at as returned_at,
        answer as reason_text
    from activities
    where activity_type = 'returned'

    union all

    select
        lead_id,
        changed_at as returned_at,
        reason as reason_text
    from stage_changes
    where entity = 'lead' and to_stage = 'returned'

),

named as (

    select
        returns.lead_id,
        returns.returned_at,
        {{ local_day('returns.returned_at') }} as returned_on,
        min(reasons.reason_code) as reason_code,
        max(returns.reason_text) as reason_text
    from returns
    left join reasons
        on lower(returns.reason_text) = reasons.reason_code
        or {{ in_list('lower(returns.reason_text)', 'lower(reasons.source_words)') }}
    group by returns.lead_id, returns.returned_at

),

once_a_day as (

    select
        lead_id,
        returned_on,
        min(returned_at) as returned_at,
        max(reason_code) as reason_code,
        max(reason_text) as reason_text
    from named
    group by lead_id, returned_on

),

final as (

    select
        lead_id,
        returned_at,
        coalesce(reason_code, 'other') as return_reason,
        reason_code is not null as is_classified,
        reason_text,
        cast(row_number() over (partition by lead_id order by returned_at) as bigint) as episode_no
    from once_a_day

)

select * from final
