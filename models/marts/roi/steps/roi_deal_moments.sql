-- The milestones of a deal that a touch can stand before. Of its people's MQLs and SQLs the last one up to the
-- creation of the deal counts: a customer that buys again has earlier ones, which belong to the earlier deal. A
-- deal that was created first takes the first one after.

with deals as (

    select
        deal_id,
        created_at,
        coalesce(closed_at, {{ as_of() }}) as until_at
    from {{ ref('int_deals') }}

),

people as (

    select * from {{ ref('roi_deal_people') }}

),

leads as (

    select
        lead_id,
        created_at as lead_at
    from {{ ref('int_leads') }}

),

entries as (

    select
        lead_id,
        stage,
        entered_at
    from {{ ref('fct_stage_entries') }}
    where stage in ('mql', 'sql') and not is_imputed

),

stages as (

    select
        deals.deal_id,
        entries.stage,
        coalesce(
            max(case when entries.entered_at <= deals.created_at then entries.entered_at end),
            min(case when entries.entered_at > deals.created_at then entries.entered_at end)
        ) as entered_at
    from deals
    inner join people on deals.deal_id = people.deal_id
    inner join entries on people.lead_id = entries.lead_id
    where entries.entered_at <= deals.until_at
    group by deals.deal_id, entries.stage

),

births as (

    select
        deals.deal_id,
        min(leads.lead_at) as lead_at
    from deals
    inner join people on deals.deal_id = people.deal_id
    inner join leads on people.lead_id = leads.lead_id
    group by deals.deal_id

),

final as (

    select
        deals.deal_id,
        deals.created_at as opportunity_at,
        deals.until_at,
        births.lead_at,
        max(case when stages.stage = 'mql' then stages.entered_at end) as mql_at,
        max(case when stages.stage = 'sql' then stages.entered_at end) as sql_at
    from deals
    left join births on deals.deal_id = births.deal_id
    left join stages on deals.deal_id = stages.deal_id
    group by deals.deal_id, deals.created_at, deals.until_at, births.lead_at

)

select * from final
