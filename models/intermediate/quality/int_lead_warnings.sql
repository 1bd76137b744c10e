-- What is odd about leads that count: nothing is refused for it, and nobody is merged on a suspicion.

with lead_rows as (

    select * from {{ ref('int_lead_rows') }}

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}
    where row_status = 'loaded'

),

job_levels as (

    select * from {{ ref('int_job_levels') }}

),

industries as (

    select * from {{ ref('int_industries') }}

),

counted as (

    select
        lead_ids.source_lead_id as lead_id,
        lower(lead_rows.email) as email,
        lead_rows.job_title is not null and job_levels.job_level is null as is_title_unknown,
        lead_rows.industry is not null and industries.industry is null as is_industry_unknown,
        lead_ids._source,
        lead_ids._file,
        lead_ids._line
    from lead_ids
    inner join lead_rows
        on lead_ids.source_lead_id = lead_rows.lead_id
        and lead_ids._source = lead_rows._source
        and lead_ids._file = lead_rows._file
        and lead_ids._line = lead_rows._line
        and lead_ids._loaded_at = lead_rows._loaded_at
    left join job_levels on lead_rows.job_title = job_levels.job_title
    left join industries on lead_rows.industry = industries.source_word

),

shared_emails as (

    select email
    from counted
    group by email
    having count(distinct lead_id) > 1

),

once_deleted as (

    select distinct lead_id
    from lead_rows
    where is_deleted and broken_rule is null

),

final as (

    select 'shared_email' as rule, counted._source, counted._file, counted._line
    from counted
    inner join shared_emails on counted.email = shared_emails.email

    union all

    select 'came_back' as rule, counted._source, counted._file, counted._line
    from counted
    inner join once_deleted on counted.lead_id = once_deleted.lead_id

    union all

    select 'unknown_title' as rule, _source, _file, _line
    from counted
    where is_title_unknown

    union all

    select 'unknown_industry' as rule, _source, _file, _line
    from counted
    where is_industry_unknown

)

select * from final
