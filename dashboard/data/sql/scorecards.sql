-- The versions of the agreement, and which of them are in force.
select
    scorecards.version,
    scorecards.segment,
    scorecards.valid_from_on,
    scorecards.valid_to_on,
    scorecards.total_cap_points,
    scorecards.proposed_by,
    scorecards.approved_by_marketing,
    scorecards.approved_by_sales,
    scorecards.reason,
    scorecards.expected_effect,
    case
        when windows.is_current then 'current'
        when windows.version is null then scorecards.status
        when windows.from_at > cast($as_of as timestamp) then 'coming'
        else 'past'
    end as state
from marts.dim_scorecards as scorecards
left join marts.dim_scorecard_windows as windows
    on scorecards.version = windows.version
    and scorecards.segment = windows.segment
order by scorecards.segment <> 'all', scorecards.segment, scorecards.valid_from_on nulls last, scorecards.version
