-- The industry words of every tool, and our own codes, to one code.

with industries as (

    select * from {{ ref('industries') }}

),

words as (

    select
        lower(source_word) as word,
        industry
    from industries

    union all

    select distinct
        industry as word,
        industry
    from industries

),

final as (

    select
        word,
        min(industry) as industry
    from words
    group by word

)

select * from final
