-- Lines that were added to the first of their item.

with final as (

    select
        _table,
        _source,
        'merged' as row_status
    from {{ ref('int_ads__cost_lines') }}
    where broken_rule is null and item_line > 1

)

select * from final
