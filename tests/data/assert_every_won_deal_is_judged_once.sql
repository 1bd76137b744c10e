-- Detects: won deals that mart_score_outcomes has not, or has twice.
-- Because: hits and hidden gems are counted there, and a missing win would flatter or shame the score.
-- A row means: the won deal `deal_id` stands in `judged_count` rows.

with deals as (

    select deal_id
    from {{ ref('int_deals') }}
    where is_won

),

judged as (

    select deal_id, count(*) as judged_count
    from {{ ref('mart_score_outcomes') }}
    where outcome = 'won' and deal_id is not null
    group by deal_id

)

select
    coalesce(deals.deal_id, judged.deal_id) as deal_id,
    coalesce(judged.judged_count, 0) as judged_count
from deals
full outer join judged on deals.deal_id = judged.deal_id
where deals.deal_id is null
    or coalesce(judged.judged_count, 0) <> 1
