with journeys as (

    select * from {{ ref('fct_lead_journeys') }}

),

final as (

    select
        lead_id,
        episode_no,
        won_at is not null as is_won,
        coalesce(won_at, lost_at) as decided_at
    from journeys
    where won_at is not null or lost_at is not null

)

select * from final
