-- Detects: a hand-over that is not held against every term of its day, or twice against one.
-- Because: rates of a duty are only right if nobody falls out of them; a join that loses a hand-over makes sales or
--     marketing look better than they are.
-- A row means: the hand-over has `check_count` checks and `term_count` terms were agreed for it.

with agreed as (

    select
        handoffs.lead_id,
        handoffs.episode_no,
        count(terms.term_id) as term_count
    from {{ ref('fct_handoffs') }} as handoffs
    left join {{ ref('sla_terms') }} as terms
        on terms.unit not in ('weekday', 'monthly_count', 'monthly_rate')
        and {{ local_day('handoffs.handed_over_at') }} >= terms.valid_from
        and ({{ local_day('handoffs.handed_over_at') }} < terms.valid_to or terms.valid_to is null)
    group by handoffs.lead_id, handoffs.episode_no

),

checked as (

    select
        lead_id,
        episode_no,
        count(*) as check_count
    from {{ ref('fct_sla_checks') }}
    group by lead_id, episode_no

),

final as (

    select
        agreed.lead_id,
        agreed.episode_no,
        agreed.term_count,
        coalesce(checked.check_count, 0) as check_count
    from agreed
    left join checked
        on agreed.lead_id = checked.lead_id
        and agreed.episode_no = checked.episode_no
    where agreed.term_count <> coalesce(checked.check_count, 0)

)

select * from final
