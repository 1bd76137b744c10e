-- Detects: a lead that is in no account and not apart, or in two of them, and points that an account made or lost.
-- Because: a domain that is written in two ways, or a join that repeats a lead, makes a company warmer than it is.
-- A row means: `measure` is `expected` over the leads and `found` over the accounts.

with leads as (

    select * from {{ ref('dim_leads') }}

),

members as (

    select * from {{ ref('account_leads') }}

),

in_accounts as (

    select * from members
    where account_key is not null

),

scores as (

    select * from {{ ref('lead_scores') }}

),

measures as (

    select
        'leads, in accounts and apart' as measure,
        cast((select count(*) from leads) as double) as expected,
        cast(
            (select coalesce(sum(lead_count), 0) from {{ ref('dim_accounts') }})
            + (select count(*) from members)
            - (select count(*) from in_accounts) as double
        ) as found

    union all

    select
        'leads in accounts that are scored' as measure,
        cast((select count(*) from in_accounts) as double) as expected,
        cast((select coalesce(sum(lead_count), 0) from {{ ref('account_scores') }}) as double) as found

    union all

    select
        'leads in accounts by role' as measure,
        cast((select count(*) from in_accounts) as double) as expected,
        cast((select coalesce(sum(lead_count), 0) from {{ ref('mart_buying_groups') }}) as double) as found

    union all

    select
        'active leads by role' as measure,
        cast((select coalesce(sum(active_lead_count), 0) from {{ ref('account_scores') }}) as double) as expected,
        cast((select coalesce(sum(active_lead_count), 0) from {{ ref('mart_buying_groups') }}) as double) as found

    union all

    select
        'points' as measure,
        coalesce(
            (
                select sum(scores.total_score)
                from scores
                inner join in_accounts on scores.lead_id = in_accounts.lead_id
            ), 0
        ) as expected,
        coalesce((select sum(total_score) from {{ ref('account_scores') }}), 0) as found

),

final as (

    select *
    from measures
    where abs(expected - found) > 0.000001

)

select * from final
