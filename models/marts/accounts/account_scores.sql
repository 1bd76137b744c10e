with people as (

    select * from {{ ref('account_leads') }}
    where account_key is not null

),

scores as (

    select * from {{ ref('lead_scores') }}

),

disqualified as (

    select lead_id
    from {{ ref('dim_leads') }}
    where disqualified_reason is not null

),

ever_mql as (

    select distinct lead_id
    from {{ ref('fct_stage_entries') }}
    where stage = 'mql'

),

in_open_deals as (

    select distinct deal_people.lead_id
    from {{ ref('int_deal_people') }} as deal_people
    inner join {{ ref('int_deals') }} as deals on deal_people.deal_id = deals.deal_id
    where not deals.is_closed

),

terms as (

    select max(case when term = 'active_window' then try_cast(value as int) end) as active_days
    from {{ ref('account_terms') }}

),

members as (

    -- a level that nobody filled in is no role
    select
        people.account_key,
        people.lead_id,
        people.is_active,
        people.is_decision_maker,
        people.last_activity_at,
        case when people.job_level <> 'unknown' then people.job_level end as known_level,
        scores.scorecard_version,
        scores.total_score,
        disqualified.lead_id is null as is_eligible,
        ever_mql.lead_id is not null as is_mql,
        in_open_deals.lead_id is not null as is_in_open_deal
    from people
    inner join scores on people.lead_id = scores.lead_id
    left join disqualified on people.lead_id = disqualified.lead_id
    left join ever_mql on people.lead_id = ever_mql.lead_id
    left join in_open_deals on people.lead_id = in_open_deals.lead_id

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        account_key,
        case when min(scorecard_version) = max(scorecard_version) then min(scorecard_version) end as scorecard_version,
        sum(total_score) as total_score,
        max(total_score) as max_lead_score,
        coalesce(sum(case when is_eligible then total_score end), 0) as eligible_score,
        count(*) as lead_count,
        count(case when is_eligible then lead_id end) as eligible_lead_count,
        count(case when is_active then lead_id end) as active_lead_count,
        cast(max(terms.active_days) as int) as active_window_days,
        count(distinct known_level) as known_role_count,
        count(distinct case when is_active then known_level end) as active_role_count,
        max(case when is_decision_maker then 1 else 0 end) = 1 as has_decision_maker,
        max(case when is_decision_maker and is_active then 1 else 0 end) = 1 as has_active_decision_maker,
        max(last_activity_at) as last_activity_at,
        count(case when is_mql then lead_id end) as mql_count,
        max(case when is_in_open_deal then 1 else 0 end) = 1 as has_open_deal
    from members
    cross join terms
    group by account_key

)

select * from final
