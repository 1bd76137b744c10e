-- The three rules that gave a lead most, in words.

with breakdown as (

    select * from {{ ref('lead_score_breakdown') }}
    where points > 0

),

ranked as (

    select
        lead_id,
        label_ja || ' +' || cast(cast(round(points) as int) as {{ dbt.type_string() }}) as reason_ja,
        label_en || ' +' || cast(cast(round(points) as int) as {{ dbt.type_string() }}) as reason_en,
        row_number() over (partition by lead_id order by points desc, rule_id) as reason_no
    from breakdown

),

first_three as (

    select
        lead_id,
        max(case when reason_no = 1 then reason_ja end) as first_ja,
        max(case when reason_no = 2 then reason_ja end) as second_ja,
        max(case when reason_no = 3 then reason_ja end) as third_ja,
        max(case when reason_no = 1 then reason_en end) as first_en,
        max(case when reason_no = 2 then reason_en end) as second_en,
        max(case when reason_no = 3 then reason_en end) as third_en
    from ranked
    where reason_no <= 3
    group by lead_id

),

final as (

    select
        lead_id,
        first_ja || coalesce('、' || second_ja, '') || coalesce('、' || third_ja, '') as top_reasons_ja,
        first_en || coalesce(', ' || second_en, '') || coalesce(', ' || third_en, '') as top_reasons_en
    from first_three

)

select * from final
