-- Returned leads of one window; every other condition is off where its parameter is empty. A reason may be a group of
-- reasons (group:timing); a standing is everybody who got that far, as in the picture of the flows.
with passing as (
    select
        returns.lead_id,
        returns.episode_no,
        contacts.company_name,
        contacts.job_title,
        returns.channel,
        returns.return_reason,
        -- a reason chosen from a list is no word of anybody's
        case when lower(returns.reason_text) <> returns.return_reason then returns.reason_text end as reason_text,
        returns.score_at_handoff,
        returns.returned_at,
        returns.standing,
        returns.cool_down_ends_at
    from marts.fct_returns as returns
    left join marts.dim_lead_contacts as contacts on returns.lead_id = contacts.lead_id
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
        and (
            $trait = ''
            or exists (
                select 1
                from marts.fct_trait_members as members
                where members.trait_group = 'returned'
                    and members.lead_id = returns.lead_id
                    and members.episode_no = returns.episode_no
                    and members.trait || ':' || members.value = $trait
            )
        )
)

select
    passing.*,
    (select count(*) from passing) as total_rows
from passing
order by returned_at desc, lead_id
limit $limit
