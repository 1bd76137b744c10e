-- Three returned leads by lot, the same for everybody who looks at this build and window, and the three that the score
-- had oversold most.
with passing as (
    select
        returns.*,
        md5(returns.run_id || ':' || $window || ':' || returns.lead_id || ':' || returns.episode_no) as lot
    from marts.fct_returns as returns
    where ($window = 'all' or returns.months_ago between 1 and try_cast(substring($window, 2) as integer))
        and ($channel = '' or returns.channel = $channel)
),

drawn as (
    (select 'random' as kind, passing.* from passing order by lot limit 3)
    union all
    (
        select 'worst' as kind, passing.* from passing
        where score_at_handoff is not null
        order by score_at_handoff desc, lot
        limit 3
    )
)

select
    drawn.kind,
    drawn.lead_id,
    drawn.episode_no,
    contacts.company_name,
    contacts.job_title,
    drawn.channel,
    drawn.return_reason,
    -- a reason chosen from a list is no word of anybody's
    case when lower(drawn.reason_text) <> drawn.return_reason then drawn.reason_text end as reason_text,
    drawn.score_at_handoff,
    drawn.handed_over_at,
    drawn.returned_at,
    drawn.standing
from drawn
left join marts.dim_lead_contacts as contacts on drawn.lead_id = contacts.lead_id
order by drawn.kind, case when drawn.kind = 'worst' then drawn.score_at_handoff end desc, drawn.lot
