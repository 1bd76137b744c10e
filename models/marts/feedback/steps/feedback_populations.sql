-- Among whom each group of leads is looked for, once a lead, and the moment at which its traits are taken: all of a
-- population at the same one, or the moment itself would look like a trait. Returned: among first hand-overs old enough to
-- have been returned. Gems: among the decided hand-overs below the threshold. False alarms: among the decided that
-- qualified at or above it.

with outcomes as (

    select * from {{ ref('mart_score_outcomes') }}
    where basis in ('handoff', 'mql')

),

ripening as (

    select p90_days
    from {{ ref('funnel_ripening') }}
    where from_stage = 'sql' and to_stage = 'returned'

),

first_handoffs as (

    select outcomes.*
    from outcomes
    where basis = 'handoff'
    qualify row_number() over (partition by lead_id order by episode_no) = 1

),

qualified as (

    select lead_id, episode_no
    from {{ ref('feedback_moments') }}
    where moment = 'qualified' and is_above_threshold

),

returned as (

    select lead_id, episode_no
    from {{ ref('fct_returns') }}

),

alarms as (

    select
        outcomes.lead_id,
        outcomes.episode_no,
        outcomes.class
    from outcomes
    inner join qualified
        on outcomes.lead_id = qualified.lead_id
        and outcomes.episode_no = qualified.episode_no
    where outcomes.class in ('hit', 'false_alarm')
    qualify row_number() over (partition by outcomes.lead_id order by outcomes.episode_no) = 1

),

final as (

    select
        'returned' as trait_group,
        first_handoffs.lead_id,
        first_handoffs.episode_no,
        'handoff' as moment,
        returned.lead_id is not null as is_member
    from first_handoffs
    cross join ripening
    left join returned
        on first_handoffs.lead_id = returned.lead_id
        and first_handoffs.episode_no = returned.episode_no
    where {{ days_between('first_handoffs.scored_at', as_of()) }} >= ripening.p90_days

    union all

    select
        'hidden_gem' as trait_group,
        lead_id,
        episode_no,
        'handoff' as moment,
        class = 'hidden_gem' as is_member
    from outcomes
    where basis = 'handoff' and class in ('hidden_gem', 'correct_pass')
    qualify row_number() over (partition by lead_id order by episode_no) = 1

    union all

    select
        'false_alarm' as trait_group,
        lead_id,
        episode_no,
        'qualified' as moment,
        class = 'false_alarm' as is_member
    from alarms

)

select * from final
