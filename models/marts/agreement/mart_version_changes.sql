with pairs as (

    select * from {{ ref('agreement_pairs') }}

),

facts as (

    select * from {{ ref('agreement_facts') }}

),

sides as (

    select pairs.from_version, pairs.to_version, 'from' as side, facts.*
    from pairs
    inner join facts on pairs.from_version = facts.version

    union all

    select pairs.from_version, pairs.to_version, 'to' as side, facts.*
    from pairs
    inner join facts on pairs.to_version = facts.version

),

beside as (

    select
        from_version,
        to_version,
        thing_kind,
        thing_id,
        attribute,
        max(stage) as stage,
        max(path) as path,
        count(case when side = 'from' then 1 end) as was_there,
        count(case when side = 'to' then 1 end) as is_there,
        {%- for side, name in [('from', 'old'), ('to', 'new')] %}
        max(case when side = '{{ side }}' then said end) as {{ name }}_value,
        max(case when side = '{{ side }}' then label_ja end) as {{ name }}_label_ja,
        max(case when side = '{{ side }}' then label_en end) as {{ name }}_label_en,
        max(case when side = '{{ side }}' then reason end) as {{ name }}_reason
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from sides
    group by from_version, to_version, thing_kind, thing_id, attribute

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        from_version,
        to_version,
        thing_kind,
        thing_id,
        attribute,
        case
            when was_there = 0 then 'added'
            when is_there = 0 then 'removed'
            else 'changed'
        end as change_kind,
        stage,
        path,
        old_value,
        new_value,
        old_label_ja,
        old_label_en,
        new_label_ja,
        new_label_en,
        case when is_there = 0 then old_reason else new_reason end as reason
    from beside
    where (attribute = 'whole' and was_there <> is_there)
        or (attribute <> 'whole' and was_there = 1 and is_there = 1 and old_value is distinct from new_value)

)

select * from final
