-- Each person that went into another one: one activity may merge several, [1286861, 1286862].

with merges as (

    select
        *,
        replace(translate(merge_ids, '[]\"', ''), ' ', '') as ids
    from {{ ref('int_marketo__named_activities') }}
    where makes = 'merge'

),

places as (

    select n + 1 as n from ({{ numbers(1000) }}) as counted

),

final as (

    select
        merges.lead_id as into_id,
        {{ clean_text('split_part(merges.ids, \',\', places.n)') }} as merged_id,
        places.n as place,
        merges.activity_date,
        merges._source,
        merges._file,
        merges._line,
        merges._loaded_at
    from merges
    -- an activity that names nobody still is a row, which is refused
    inner join places on places.n <= length(coalesce(merges.ids, '')) - length(replace(coalesce(merges.ids, ''), ',', '')) + 1

)

select * from final
