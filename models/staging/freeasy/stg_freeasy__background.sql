-- Respondents of the panel are nobody's leads: their answers are the background of a market and join nothing.

with source as (

    select * from {{ source('freeasy', 'survey_answer') }}

),

final as (

    select
        survey,
        question,
        answer,
        _source
    from source
    where {{ clean_text('lead_key') }} is null

)

select * from final
