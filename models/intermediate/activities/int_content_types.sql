-- A page or document says what it is by its address or its name. Looked up once a distinct text,
-- not once an event.

with activities as (

    select * from {{ ref('int_activity_rows') }}

),

patterns as (

    select * from {{ ref('content_patterns') }}

),

texts as (

    select distinct
        'url' as match_field,
        url as content_text
    from activities
    where url is not null

    union all

    select distinct
        'content_name' as match_field,
        content_name as content_text
    from activities
    where content_name is not null

),

final as (

    select
        texts.match_field,
        texts.content_text,
        min_by(patterns.content_type, patterns.priority) as content_type,
        min_by(patterns.activity_type, patterns.priority) as activity_type
    from texts
    inner join patterns
        on texts.match_field = patterns.match_field
        and {{ contains_text('lower(texts.content_text)', 'lower(patterns.pattern)') }}
    group by texts.match_field, texts.content_text

)

select * from final
