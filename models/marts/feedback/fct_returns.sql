-- A return, and what became of the lead until the next one. The episode after the return is what it did with the
-- second chance. Who has opted out or is disqualified is left out of nurturing, whatever the reason says.

with returns as (

    select
        *,
        case when is_classified then return_reason else 'unclassified' end as reason_code
    from {{ ref('funnel_returns') }}

),

journeys as (

    select * from {{ ref('fct_lead_journeys') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

policies as (

    select * from {{ ref('return_policies') }}

),

placed as (

    select
        returns.*,
        journeys.channel,
        journeys.product,
        journeys.handed_over_at,
        journeys.score_at_handoff,
        coalesce(policies.reason_group, 'other') as reason_group,
        case
            when policies.follow_up = 'exclude' or leads.is_opted_out or leads.disqualified_reason is not null then 'excluded'
            else 'nurturing'
        end as follow_up,
        {{ add_minutes('returns.returned_at', 'policies.cool_down_days * 1440') }} as cool_down_ends_at,
        next_journeys.mql_at as requalified_at,
        next_journeys.sql_at as sql_again_at,
        next_journeys.won_at as won_again_at
    from returns
    inner join journeys
        on returns.lead_id = journeys.lead_id
        and returns.episode_no = journeys.episode_no
    inner join leads on returns.lead_id = leads.lead_id
    left join policies on returns.reason_code = policies.reason_code
    left join journeys as next_journeys
        on returns.lead_id = next_journeys.lead_id
        and returns.episode_no + 1 = next_journeys.episode_no

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        lead_id,
        episode_no,
        returned_at,
        {{ local_month('returned_at') }} as period,
        cast(
            (extract(year from {{ local_day(as_of()) }}) - extract(year from {{ local_day('returned_at') }})) * 12
            + extract(month from {{ local_day(as_of()) }}) - extract(month from {{ local_day('returned_at') }}) as int
        ) as months_ago,
        reason_code as return_reason,
        reason_group,
        reason_text,
        is_classified,
        channel,
        product,
        handed_over_at,
        score_at_handoff,
        follow_up,
        cool_down_ends_at,
        requalified_at,
        sql_again_at,
        won_again_at,
        {{ days_between('returned_at', 'requalified_at') }} as days_to_requalify,
        coalesce(requalified_at < cool_down_ends_at, false) as is_requalified_too_soon,
        case
            when won_again_at is not null then 'won'
            when sql_again_at is not null then 'sql'
            when requalified_at is not null then 'mql'
            when follow_up = 'excluded' then 'excluded'
            when {{ as_of() }} < cool_down_ends_at then 'cooling_down'
            else 'nurturing'
        end as standing
    from placed

)

select * from final
