-- What each rule gave up to the moments at which an episode is looked at: the ledger of the version in force then, and
-- nothing after it.

with episodes as (

    select * from {{ ref('feedback_episodes') }}

),

moments as (

    select lead_id, episode_no, 'qualified' as moment, qualified_at as moment_at from episodes
    union all
    select lead_id, episode_no, 'handoff' as moment, scored_at as moment_at from episodes
    where basis = 'handoff'

),

lead_windows as (

    select * from {{ ref('scoring_lead_windows') }}

),

ledger as (

    select * from {{ ref('fct_score_ledger') }}

),

final as (

    -- a moment before which nothing had fired keeps a row without a rule
    select
        moments.lead_id,
        moments.episode_no,
        moments.moment,
        moments.moment_at,
        lead_windows.version,
        ledger.rule_id,
        ledger.axis,
        sum({{ decayed_points('ledger.points', 'ledger.decay', 'ledger.decay_days', 'ledger.occurred_at', 'moments.moment_at') }}) as points
    from moments
    inner join lead_windows
        on moments.lead_id = lead_windows.lead_id
        and {{ is_in_force('lead_windows', 'moments.moment_at') }}
    left join ledger
        on moments.lead_id = ledger.lead_id
        and lead_windows.version = ledger.scorecard_version
        and ledger.occurred_at <= moments.moment_at
    group by
        moments.lead_id, moments.episode_no, moments.moment, moments.moment_at, lead_windows.version, ledger.rule_id,
        ledger.axis

)

select * from final
