with rejects as (

    select * from {{ ref('int_rejects') }}

),

rules as (

    select * from {{ ref('quarantine_rules') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        rejects.source,
        rejects.table_name as {{ adapter.quote('table') }},
        rejects.file,
        cast(rejects.line as bigint) as line,
        rejects.column_name as {{ adapter.quote('column') }},
        rejects.rule,
        rejects.value,
        coalesce(rules.message_ja || ' / ' || rules.message_en, rejects.rule) as message
    from rejects
    left join rules on rejects.rule = rules.rule

)

select * from final
