with checked as (

    select * from {{ ref('stg_canonical__activities_checked') }}

),

final as (

    select
        activity_id,
        lead_id,
        activity_type,
        occurred_at,
        content_id,
        content_name,
        content_type,
        url,
        channel,
        campaign,
        answer,
        session_id,
        actor,
        _source,
        _file,
        _line

    from checked
    where broken_rule is null and copy_no = 1

)

select * from final
