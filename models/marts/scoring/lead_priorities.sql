-- In which order an owner calls: the highest score first, of equals the one who did something last. Whoever is
-- won, lost or disqualified is not called.

with scores as (

    select * from {{ ref('lead_scores') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

activities as (

    select * from {{ ref('account_leads') }}

),

judged as (

    select
        scores.lead_id,
        leads.owner_id,
        scores.stage,
        scores.total_score,
        activities.last_activity_at,
        scores.stage not in ('won', 'lost') and leads.disqualified_reason is null as is_open
    from scores
    inner join leads on scores.lead_id = leads.lead_id
    left join activities on scores.lead_id = activities.lead_id

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        lead_id,
        owner_id,
        stage,
        last_activity_at,
        case
            when is_open then cast(row_number() over (
                partition by is_open, owner_id
                order by total_score desc, last_activity_at desc nulls last, lead_id
            ) as bigint)
        end as owner_rank
    from judged

)

select * from final
