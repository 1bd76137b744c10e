-- Detects: anything dated after the instant the build looks from.
-- Because: a score, a rate or a credit that saw the future cannot be acted on at as_of and flatters every rule
--     that is judged by it. One model that forgets the filter is enough.
-- A row means: `mart` holds `row_count` rows later than as_of, the latest at `latest_at`.

with moments as (

    select 'fct_stage_entries' as mart, entered_at as happened_at
    from {{ ref('fct_stage_entries') }}

    union all

    select 'fct_stage_entries' as mart, exited_at as happened_at
    from {{ ref('fct_stage_entries') }}

    union all

    select 'fct_lead_journeys' as mart, handed_over_at as happened_at
    from {{ ref('fct_lead_journeys') }}

    union all

    select 'fct_score_ledger' as mart, occurred_at as happened_at
    from {{ ref('fct_score_ledger') }}

    union all

    select 'fct_lead_events' as mart, occurred_at as happened_at
    from {{ ref('fct_lead_events') }}

    union all

    select 'account_leads' as mart, last_activity_at as happened_at
    from {{ ref('account_leads') }}

    union all

    select 'dim_accounts' as mart, first_seen_at as happened_at
    from {{ ref('dim_accounts') }}

    union all

    select 'fct_touchpoints' as mart, touched_at as happened_at
    from {{ ref('fct_touchpoints') }}

    union all

    select 'fct_attribution_credits' as mart, closed_at as happened_at
    from {{ ref('fct_attribution_credits') }}

    union all

    select 'fct_qualifications' as mart, qualified_at as happened_at
    from {{ ref('fct_qualifications') }}

    union all

    select 'fct_handoffs' as mart, first_contact_at as happened_at
    from {{ ref('fct_handoffs') }}

    union all

    select 'fct_sla_checks' as mart, done_at as happened_at
    from {{ ref('fct_sla_checks') }}

    union all

    select 'fct_deal_phase_updates' as mart, done_at as happened_at
    from {{ ref('fct_deal_phase_updates') }}

    union all

    select 'mart_version_moves' as mart, qualified_at as happened_at
    from {{ ref('mart_version_moves') }}

),

final as (

    select
        mart,
        count(*) as row_count,
        max(happened_at) as latest_at
    from moments
    where happened_at > {{ as_of() }}
    group by mart

)

select * from final
