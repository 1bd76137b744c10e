-- Each hand-over with each duty that was agreed for it on its day, and when the clock of the duty started: with the event that
-- the term names, or with the hand-over where that event is not known.

with terms as (

    select * from {{ ref('sla_terms') }}
    where unit in ('{{ timed_units() | join("', '") }}', 'definition', 'fields')

),

instants as (

    select * from {{ ref('handoff_instants') }}

),

clocks as (

    select * from {{ ref('handoff_clocks') }}

),

agreed as (

    select
        instants.lead_id,
        instants.episode_no,
        instants.team,
        instants.handed_over_at,
        terms.term_id,
        terms.duty_of,
        terms.from_event,
        terms.to_event,
        terms.unit,
        terms.limit_value
    from instants
    inner join terms
        on {{ local_day('instants.handed_over_at') }} >= terms.valid_from
        and ({{ local_day('instants.handed_over_at') }} < terms.valid_to or terms.valid_to is null)

),

final as (

    select
        agreed.*,
        coalesce(started.happened_at, handed_over.happened_at) as started_at,
        coalesce(started.worked, handed_over.worked) as started_worked,
        coalesce(started.business_day_no, handed_over.business_day_no) as started_day_no
    from agreed
    inner join clocks as handed_over
        on agreed.lead_id = handed_over.lead_id
        and agreed.episode_no = handed_over.episode_no
        and handed_over.event = 'handed_over'
    left join clocks as started
        on agreed.lead_id = started.lead_id
        and agreed.episode_no = started.episode_no
        and agreed.from_event = started.event

)

select * from final
