-- Where a lead stands at as_of: the furthest stage of its last episode.

with instants as (

    select * from {{ ref('funnel_instants') }}

),

final as (

    select
        lead_id,
        episode_no,
        case
            when won_at is not null then 'won'
            when lost_at is not null then 'lost'
            when opportunity_at is not null then 'opportunity'
            when sql_at is not null then 'sql'
            when mql_at is not null then 'mql'
            when episode_no > 1 then 'returned'
            else 'lead'
        end as stage
    from instants
    qualify row_number() over (partition by lead_id order by episode_no desc) = 1

)

select * from final
