-- Copies of a lead or a deal that call themselves equally new and say different things. One is kept, the one loaded
-- last and further down (copies_numbered); whether it is the right one, only the source can tell.

{%- set tables = {
    'leads': ['int_lead_rows', 'lead_id', 'coalesce(updated_at, created_at)'],
    'deals': ['int_deal_rows', 'deal_id', 'coalesce(updated_at, closed_at, created_at)'],
} %}

with staged as (

    {%- for table_name, (model, key, said_at) in tables.items() %}

    select
        '{{ table_name }}' as table_name,
        {{ key }} as row_key,
        {{ said_at }} as said_at,
        {{ hash_of(raw_columns()[table_name]) }} as content_hash,
        _source,
        _file,
        _line
    from {{ ref(model) }}
    where broken_rule is null
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}

),

newest as (

    select
        table_name,
        row_key,
        max(said_at) as said_at
    from staged
    group by table_name, row_key
    having count(*) > 1

),

at_odds as (

    select
        staged.table_name,
        staged.row_key,
        max(staged.said_at) as said_at
    from staged
    inner join newest
        on staged.table_name = newest.table_name
        and staged.row_key = newest.row_key
        and staged.said_at = newest.said_at
    group by staged.table_name, staged.row_key
    having count(distinct staged.content_hash) > 1

),

final as (

    select
        staged._source,
        staged.table_name,
        staged._file,
        staged._line
    from staged
    inner join at_odds
        on staged.table_name = at_odds.table_name
        and staged.row_key = at_odds.row_key
        and staged.said_at = at_odds.said_at

)

select * from final
