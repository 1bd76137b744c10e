-- Titles are free text. The first pattern that a title contains, by priority, names its level.

with leads as (

    select * from {{ ref('int_lead_rows') }}

),

patterns as (

    select * from {{ ref('job_titles') }}

),

titles as (

    select distinct
        job_title,
        lower({{ narrow('job_title') }}) as plain_title
    from leads
    where job_title is not null

),

final as (

    select
        titles.job_title,
        min_by(patterns.job_level, patterns.priority) as job_level
    from titles
    inner join patterns
        on {{ contains_text('titles.plain_title', 'lower(patterns.pattern)') }}
    group by titles.job_title

)

select * from final
