-- The order of a framework is its point: whatever else is open, what stands behind a gate that is not confirmed
-- is not the next question; the gate itself is, even after a no.

with answers as (

    select * from {{ ref('fct_framework_answers') }}

),

counted as (

    select
        lead_id,
        framework,
        count(case when {{ is_known_state('state') }} then 1 end) as known_count,
        count(*) as element_count,
        count(case when state = 'confirmed' then 1 end) as confirmed_count,
        count(case when is_required_for_sql then 1 end) as required_count,
        count(case when is_required_for_sql and state = 'confirmed' then 1 end) as required_confirmed_count,
        min(case when is_gate and state <> 'confirmed' then position end) as gate_position,
        min(case when not {{ is_known_state('state') }} then position end) as open_position
    from answers
    group by lead_id, framework

),

placed as (

    select
        counted.*,
        least(gate_position, open_position) as next_position
    from counted

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        placed.lead_id,
        placed.framework,
        cast(placed.known_count as bigint) as known_count,
        cast(placed.element_count as bigint) as element_count,
        cast(placed.confirmed_count as bigint) as confirmed_count,
        cast(placed.known_count as double) / cast(placed.element_count as double) as completeness,
        case
            when placed.required_count > 0 then placed.required_confirmed_count = placed.required_count
        end as is_ready_for_sql,
        gates.element as stopped_by,
        nexts.element as next_element,
        nexts.question as next_question,
        nexts.label_ja as next_label_ja,
        nexts.label_en as next_label_en
    from placed
    left join answers as gates
        on placed.lead_id = gates.lead_id
        and placed.framework = gates.framework
        and placed.gate_position = gates.position
    left join answers as nexts
        on placed.lead_id = nexts.lead_id
        and placed.framework = nexts.framework
        and placed.next_position = nexts.position

)

select * from final
