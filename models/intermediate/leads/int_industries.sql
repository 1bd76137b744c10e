-- The industry words of every tool, and our own codes, to one code; looked up once a distinct word.

with leads as (

    select * from {{ ref('int_lead_rows') }}

),

vocabulary as (

    select * from {{ ref('industries') }}

),

known_words as (

    select
        lower(source_word) as word,
        industry
    from vocabulary

    union

    select
        industry as word,
        industry
    from vocabulary

),

used_words as (

    select distinct
        industry as source_word,
        lower({{ narrow('industry') }}) as word
    from leads
    where industry is not null

),

final as (

    select
        used_words.source_word,
        min(known_words.industry) as industry
    from used_words
    inner join known_words on used_words.word = known_words.word
    group by used_words.source_word

)

select * from final
