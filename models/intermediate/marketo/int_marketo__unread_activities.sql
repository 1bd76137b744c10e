-- Activities that say nothing about a lead's interest or stage, such as a changed phone number: they are counted.

with final as (

    select
        'marketo__activity' as _table,
        _source,
        'loaded' as row_status
    from {{ ref('int_marketo__named_activities') }}
    where makes = 'nothing'

)

select * from final
