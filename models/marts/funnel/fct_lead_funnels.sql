-- Which stages a lead was in, counted in three ways. The first time in all its episodes counts. Everybody was a lead first.

with instants as (

    select * from {{ ref('funnel_instants') }}

),

firsts as (

    select
        lead_id,
        min(lead_at) as lead_at,
        min(mql_at) as mql_at,
        min(sql_at) as sql_at,
        min(opportunity_at) as opportunity_at,
        min(won_at) as won_at,
        min(seen_mql_at) as seen_mql_at,
        min(seen_sql_at) as seen_sql_at,
        min(seen_opportunity_at) as seen_opportunity_at,
        min(won_at) as seen_won_at,
        max(lost_at) as lost_at,
        max(returned_at) as returned_at
    from instants
    group by lead_id

),

placed as (

    select
        firsts.*,
        seen_sql_at >= seen_mql_at as is_sql_in_order,
        seen_opportunity_at >= seen_sql_at as is_opportunity_in_order,
        seen_won_at >= seen_opportunity_at as is_won_in_order
    from firsts

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        lead_id,
        {{ local_day('lead_at') }} as entered_on,
        {{ local_month('lead_at') }} as period,
        true as is_imputed_lead,
        mql_at is not null as is_imputed_mql,
        sql_at is not null as is_imputed_sql,
        opportunity_at is not null as is_imputed_opportunity,
        won_at is not null as is_imputed_won,
        true as is_all_stages_lead,
        seen_mql_at is not null as is_all_stages_mql,
        coalesce(is_sql_in_order, false) as is_all_stages_sql,
        coalesce(is_sql_in_order and is_opportunity_in_order, false) as is_all_stages_opportunity,
        coalesce(is_sql_in_order and is_opportunity_in_order and is_won_in_order, false) as is_all_stages_won,
        true as is_any_stages_lead,
        seen_mql_at is not null as is_any_stages_mql,
        seen_sql_at is not null as is_any_stages_sql,
        seen_opportunity_at is not null as is_any_stages_opportunity,
        seen_won_at is not null as is_any_stages_won,
        case
            when won_at is not null then 'won'
            when lost_at is not null then 'lost'
            when returned_at is not null then 'returned'
            else 'open'
        end as outcome
    from placed

)

select * from final
