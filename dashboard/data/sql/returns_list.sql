-- Returned leads of one window; every other condition is off where its parameter is empty. A reason may be a group of
-- reasons (group:timing); a standing is everybody who got that far, as in the picture of the flows. Names are looked up
-- for the leads that are shown, not for all.
with members as (
    select
        lead_id,
        episode_no
    from marts.fct_trait_members
    where $trait <> ''
        and trait_group = 'returned'
        and trait = split_part($trait, ':', 1)
        and value = substring($trait, length(split_part($trait, ':', 1)) + 2)
),

passing as (
    select returns.*
    from marts.fct_returns as returns
    where ($window = 'all' or returns.months_ago between 1 and try_cast(substring($window, 2) as integer))
        and ($channel = '' or returns.channel = $channel)
        and ($reason in ('', returns.return_reason, 'group:' || returns.reason_group))
        and (
            $standing = ''
            or ($standing in ('nurturing', 'excluded') and returns.follow_up = $standing)
            or ($standing = 'cooling_down' and returns.standing = 'cooling_down')
            or ($standing = 'mql' and returns.requalified_at is not null)
            or ($standing = 'sql' and returns.sql_again_at is not null)
            or ($standing = 'won' and returns.won_again_at is not null)
        )
        and ($trait = '' or (returns.lead_id, returns.episode_no) in (select (lead_id, episode_no) from members))
),

shown as (
    select * from passing
    order by returned_at desc, lead_id
    limit $limit
)

select
    shown.lead_id,
    shown.episode_no,
    contacts.company_name,
    contacts.job_title,
    shown.channel,
    shown.return_reason,
    -- a reason chosen from a list is no word of anybody's
    case when lower(shown.reason_text) <> shown.return_reason then shown.reason_text end as reason_text,
    shown.score_at_handoff,
    shown.returned_at,
    shown.standing,
    shown.cool_down_ends_at,
    (select count(*) from passing) as total_rows
from shown
left join marts.dim_lead_contacts as contacts on shown.lead_id = contacts.lead_id
order by shown.returned_at desc, shown.lead_id
