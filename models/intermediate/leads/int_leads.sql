with leads as (

    select * from {{ ref('int_lead_rows') }}

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

job_levels as (

    select * from {{ ref('int_job_levels') }}

),

industries as (

    select * from {{ ref('int_industries') }}

),

channel_words as (

    select * from {{ ref('channel_words') }}

),

surviving as (

    select leads.*
    from leads
    inner join lead_ids on leads.lead_id = lead_ids.source_lead_id
        and leads._source = lead_ids._source
        and leads._file = lead_ids._file
        and leads._line = lead_ids._line
        and leads._loaded_at = lead_ids._loaded_at
    where lead_ids.row_status = 'loaded'

),

final as (

    select
        -- who
        surviving.lead_id,
        lower(surviving.email) as email,
        lower(nullif(split_part(surviving.email, '@', 2), '')) as email_domain,
        surviving.full_name,
        surviving.company_name,
        lower(surviving.company_domain) as company_domain,
        surviving.job_title,
        job_levels.job_level,
        surviving.department,
        industries.industry,
        surviving.employee_count,
        surviving.country,
        surviving.prefecture,

        -- where from
        coalesce(channel_words.channel, lower(surviving.source_channel), 'unknown') as channel,
        surviving.source_campaign as campaign,
        surviving.source_content as content,
        surviving.product,
        surviving.owner_id,

        -- when, and what they asked for
        surviving.created_at,
        {{ local_day('surviving.created_at') }} as created_on,
        coalesce(surviving.is_opted_out, false) as is_opted_out
    from surviving
    left join job_levels on surviving.job_title = job_levels.job_title
    left join industries on surviving.industry = industries.source_word
    left join channel_words on lower(surviving.source_channel) = channel_words.source_word
    where surviving.created_at <= {{ as_of() }}

)

select * from final
