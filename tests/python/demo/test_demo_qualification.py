"""The MQLs that the truth counts are those which the agreed rules give, computed in SQL."""

from __future__ import annotations

import duckdb

from leadloop.demo import GeneratedCompany

_MQLS = """
with people as (
    select
        lead_id,
        created_at::timestamp as created_at,
        case when regexp_matches(job_title, '役員|取締役|部長') then 20 else 0 end
        + case when industry in ('製造業', 'IT・情報通信') then 15 else 0 end
        + case when headcount >= 100 then 10 else 0 end as fit,
        industry in ('製造業', 'IT・情報通信') and headcount >= 100 as is_target
    from (
        select
            *,
            coalesce(
                translate(employee_count, '０１２３４５６７８９', '0123456789')::int, 0
            ) as headcount
        from leads
        where starts_with(lead_id, 'L0') and try_cast(created_at as timestamp) is not null
        qualify row_number() over (partition by lead_id order by updated_at desc) = 1
    )
    where job_title is distinct from '学生' and company_domain is distinct from
        'kagerou-kintai.example'
),
events as (
    select distinct on (activity_id) *, occurred_at::timestamp as instant
    from activities
    where try_cast(occurred_at as timestamp) is not null
),
points as (
    select lead_id, created_at as instant, fit as points from people
    union all
    select lead_id, instant, case activity_type
        when 'key_page_view' then 15 when 'email_open' then 1 else 10 end
    from events
    where activity_type in
        ('key_page_view', 'case_study_download', 'seminar_attend', 'email_open')
),
by_score as (
    select lead_id, instant from (
        select lead_id, instant, sum(points) over (partition by lead_id order by instant) as score
        from points
    )
    where score >= case when instant < timestamp '2026-04-30 15:00:00' then 40 else 50 end
),
visits as (
    select lead_id, min(instant) as instant from events
    where session_id is not null
    group by lead_id, session_id
),
by_visits as (
    select lead_id, instant from (
        select
            lead_id,
            instant,
            lag(instant, 2) over (partition by lead_id order by instant) as earlier
        from visits
    )
    where instant - earlier <= interval 30 day and lead_id in (select lead_id from people
        where is_target)
),
by_deck as (
    select lead_id, instant from events
    where activity_type = 'doc_download' and content_type = 'price_deck'
),
by_seminar as (
    select lead_id, greatest(
        min(instant) filter (
            activity_type = 'seminar_attend' and content_type = 'case_study_seminar'),
        min(instant) filter (activity_type = 'survey_answer' and answer = '詳しい説明を希望')
    ) as instant
    from events
    group by lead_id
    having count(*) filter (
            activity_type = 'seminar_attend' and content_type = 'case_study_seminar') > 0
        and count(*) filter (activity_type = 'survey_answer' and answer = '詳しい説明を希望') > 0
)
select strftime(min(instant) + interval 9 hour, '%Y-%m') as mql_month
from (
    from by_score union all from by_visits union all from by_deck union all from by_seminar
)
join people using (lead_id)
group by lead_id
"""


def test_truth_and_rules_agree_on_every_month(
    raw: duckdb.DuckDBPyConnection, raw_company: GeneratedCompany
) -> None:
    counted = dict(raw.sql(f"select mql_month, count(*) from ({_MQLS}) group by 1").fetchall())
    months = raw_company.truth["rates"]["mql>sql"]["mql_month"]
    assert counted == {month: n for month, (n, _) in months.items()}
