"""The scoring room at size against a hand-written script that does the same and nothing else.

    python benchmarks/scoring.py [--leads 1000000] [--activities 10000000 100000000] [--keep DIR]

Both read the same finished leads and activities: ten rules, one version, an MQL by 50 points or by three visits of a
target company within 30 days. Both write a ledger, the MQL instants and the current scores; the script must come to the
same figures, else this says so and fails. Look at the ratios of one run: the machine is noisy.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
import psutil

from leadloop.settings import PROJECT_ROOT

VERSION = "bench"
TARGET_INDUSTRIES = "manufacturing|it"
# rule_id, axis, subject, field, operator, value, points
RULES = [
    ("decision_maker", "fit", "lead", "job_level", "in", "executive|director", 20),
    ("industry", "fit", "lead", "industry", "in", TARGET_INDUSTRIES, 15),
    ("size", "fit", "lead", "employee_count", "gte", "100", 10),
    ("price_page", "engagement", "key_page_view", "", "exists", "", 15),
    ("case_study", "engagement", "case_study_download", "", "exists", "", 10),
    ("seminar", "engagement", "seminar_attend", "", "exists", "", 10),
    ("open", "engagement", "email_open", "", "exists", "", 1),
    ("click", "engagement", "email_click", "", "exists", "", 3),
    ("deck", "engagement", "doc_download", "content_type", "eq", "price_deck", 10),
    ("form", "engagement", "form_submit", "", "exists", "", 5),
]
MODELS = ["funnel_qualifications", "scoring_grades", "fct_score_ledger"]


def seeds(folder: Path) -> None:
    """The shipped agreement with one version of ten rules in the place of all versions."""
    # the properties of the seeds stay in the project
    shutil.copytree(PROJECT_ROOT / "seeds", folder, ignore=shutil.ignore_patterns("*.yml"))
    agreement = folder / "agreement"
    _rewrite(
        agreement / "scorecards.csv",
        [
            {
                "version": VERSION,
                "status": "active",
                "valid_from": "2000-01-01",
                "segment": "all",
                "proposed_by": "bench",
                "approved_by_marketing": "bench",
                "approved_by_sales": "bench",
                "reason": "bench",
            }
        ],
    )
    names = ("rule_id", "axis", "subject", "field", "operator", "value", "points")
    rules = [dict(zip(names, rule, strict=True)) for rule in RULES]
    _rewrite(
        agreement / "scoring_rules.csv",
        [
            {"version": VERSION, "decay": "none", "label_ja": "-", "label_en": "-", **rule}
            for rule in rules
        ],
    )
    criteria = [
        ("score", "total", "score", "total", "gte", "50", "", "", ""),
        ("visits", "industry", "lead", "industry", "in", TARGET_INDUSTRIES, "", "", ""),
        ("visits", "size", "lead", "employee_count", "gte", "100", "", "", ""),
        ("visits", "visits", "visit", "", "exists", "", "3", "session", "30"),
    ]
    _rewrite(
        agreement / "stage_definitions.csv",
        [
            {
                "version": VERSION,
                "stage": "mql",
                "path": path,
                "criterion": criterion,
                "subject": subject,
                "field": field,
                "operator": operator,
                "value": value,
                "min_count": needed,
                "distinct_by": distinct,
                "window_days": days,
                "label_ja": "-",
                "label_en": "-",
            }
            for path, criterion, subject, field, operator, value, needed, distinct, days in criteria
        ],
    )
    _rewrite(agreement / "disqualifiers.csv", [])
    grades = [("fit", "A", 0), ("engagement", "1", 0)]
    _rewrite(
        agreement / "score_grades.csv",
        [{"version": VERSION, "axis": a, "grade": g, "min_score": m} for a, g, m in grades],
    )


def _rewrite(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = csv.DictReader(file).fieldnames or []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)


def facts(scratch: Path, leads: int, activities: int) -> None:
    """Leads and activities as the intermediate room hands them over, made by arithmetic alone."""
    connection = duckdb.connect(
        str(scratch),
        config={
            "threads": 2,
            "memory_limit": "6GB",
            "preserve_insertion_order": False,
            "storage_compatibility_version": "latest",
        },
    )
    connection.execute("set TimeZone = 'UTC'; create schema if not exists intermediate")
    connection.execute(
        """
        create or replace table intermediate.int_leads as
        select
            'L' || lpad(cast(i as varchar), 9, '0') as lead_id,
            timestamp '2024-11-01' + to_minutes(cast(hash(i, 1) % 1000000 as int)) as created_at,
            case hash(i, 2) % 10 when 0 then 'executive' when 1 then 'director' when 2 then 'manager'
                when 3 then null else 'staff' end as job_level,
            case hash(i, 3) % 6 when 0 then 'manufacturing' when 1 then 'it' when 2 then null
                else 'retail' end as industry,
            case when hash(i, 4) % 5 = 0 then null else hash(i, 4) % 400 end as employee_count,
            'web' as channel, cast(null as varchar) as campaign, cast(null as varchar) as content,
            'p' as product, 'jp' as country, cast(null as varchar) as prefecture,
            cast(null as varchar) as department, cast(null as varchar) as job_title,
            'x' || (i % 100000) || '.example' as company_domain, 'x.example' as email_domain,
            false as is_opted_out
        from range(?) as leads (i)
        """,
        [leads],
    )
    connection.execute(
        """
        create or replace table intermediate.int_activities as
        select
            'A' || lpad(cast(i as varchar), 10, '0') as activity_id,
            'L' || lpad(cast(cast(pow(hash(i, 5) % 1000000 / 1000000.0, 3) * ? as bigint) as varchar), 9, '0')
                as lead_id,
            case
                when hash(i, 6) % 100 < 40 then 'email_sent' when hash(i, 6) % 100 < 58 then 'email_open'
                when hash(i, 6) % 100 < 62 then 'email_click' when hash(i, 6) % 100 < 90 then 'page_view'
                when hash(i, 6) % 100 < 93 then 'key_page_view' when hash(i, 6) % 100 < 96 then 'doc_download'
                when hash(i, 6) % 100 < 97 then 'case_study_download'
                when hash(i, 6) % 100 < 98 then 'seminar_attend' else 'form_submit'
            end as activity_type,
            timestamp '2024-11-01' + to_seconds(cast(hash(i, 7) % 63000000 as int)) as occurred_at,
            cast(timestamp '2024-11-01' + to_seconds(cast(hash(i, 7) % 63000000 + 32400 as int)) as date)
                as occurred_on,
            case when hash(i, 8) % 3 = 0 then 'price_deck' end as content_type,
            'S' || cast(hash(i, 7) % 63000000 // 1800 as varchar) as session_id,
            cast(null as varchar) as content_id, cast(null as varchar) as content_name,
            cast(null as varchar) as url, cast(null as varchar) as channel,
            cast(null as varchar) as campaign, cast(null as varchar) as answer,
            cast(null as varchar) as actor, cast(null as varchar) as content_answer,
            cast(null as varchar) as excluded_by
        from range(?) as activities (i)
        """,
        [leads, activities],
    )
    connection.execute(
        """
        create or replace table intermediate.int_stage_changes (
            entity varchar, lead_id varchar, deal_id varchar, from_stage varchar, to_stage varchar,
            changed_at timestamp, reason varchar
        )
        """
    )
    connection.close()


FLOOR = """
create or replace table ledger as
select lead_id, 'decision_maker' as rule_id, 'fit' as axis, created_at as occurred_at, 20.0::double as points,
    cast(null as varchar) as activity_id
from src.intermediate.int_leads where job_level in ('executive', 'director')
union all select lead_id, 'industry', 'fit', created_at, 15, null
from src.intermediate.int_leads where industry in ('manufacturing', 'it')
union all select lead_id, 'size', 'fit', created_at, 10, null
from src.intermediate.int_leads where employee_count >= 100
union all
select lead_id,
    case activity_type when 'key_page_view' then 'price_page' when 'case_study_download' then 'case_study'
        when 'seminar_attend' then 'seminar' when 'email_open' then 'open' when 'email_click' then 'click'
        when 'form_submit' then 'form' else 'deck' end,
    'engagement', occurred_at,
    case activity_type when 'key_page_view' then 15 when 'email_open' then 1 when 'email_click' then 3
        when 'form_submit' then 5 else 10 end,
    activity_id
from src.intermediate.int_activities
where (activity_type in ('key_page_view', 'case_study_download', 'seminar_attend', 'email_open', 'email_click',
    'form_submit') or (activity_type = 'doc_download' and content_type = 'price_deck'))
    and lead_id in (select lead_id from src.intermediate.int_leads);

create or replace table by_score as
with moments as (
    select lead_id, occurred_at, sum(points) as points from ledger group by all
)
select lead_id, min(occurred_at) as qualified_at
from (
    select lead_id, occurred_at,
        sum(points) over (partition by lead_id order by occurred_at) as score
    from moments
)
where score >= 50 group by lead_id;

create or replace table by_visits as
with visits as (
    select lead_id, session_id, min(occurred_at) as first_at, max(occurred_at) as last_at
    from src.intermediate.int_activities
    where activity_type in (select activity_type from src.vocabulary.event_types where is_visit)
        and lead_id in (
            select lead_id from src.intermediate.int_leads
            where industry in ('manufacturing', 'it') and employee_count >= 100
        )
    group by lead_id, session_id, occurred_on
)
select lead_id, min(first_at) as qualified_at
from (
    select lead_id, first_at, lag(last_at, 2) over (partition by lead_id order by first_at) as third_last_at
    from visits
)
where third_last_at >= first_at - interval 30 days group by lead_id;

create or replace table mqls as
select lead_id, min(qualified_at) as qualified_at
from (select * from by_score union all select * from by_visits) group by lead_id;

create or replace table scores as
select leads.lead_id,
    coalesce(sum(points) filter (axis = 'fit'), 0) as fit_score,
    coalesce(sum(points) filter (axis = 'engagement'), 0) as engagement_score
from src.intermediate.int_leads as leads left join ledger on leads.lead_id = ledger.lead_id
group by leads.lead_id;
"""


def run_floor(folder: Path, scratch: Path) -> None:
    """The hand-written script: one connection, no tests, no versions, no caps."""
    code = (
        "import duckdb, sys\n"
        f"c = duckdb.connect({str(folder / 'floor.duckdb')!r}, config={{'threads': 2, 'memory_limit': '6GB', "
        "'preserve_insertion_order': False, 'storage_compatibility_version': 'latest'})\n"
        "c.execute('set enable_progress_bar = false')\n"
        f"c.execute(\"set TimeZone = 'UTC'; attach '{scratch}' as src (read_only)\")\n"
        "c.execute(sys.stdin.read())\n"
    )
    subprocess.run([sys.executable, "-c", code], input=FLOOR, text=True, check=True)


def run_models(folder: Path) -> None:
    """The models of the scoring room, as dbt runs them."""
    environment = _environment(folder)
    command = [*_dbt(), "run", "--threads", "2", "--select", *(f"+{m}" for m in MODELS)]
    command += ["--exclude", "path:models/intermediate", "path:models/staging"]
    subprocess.run(
        command, cwd=PROJECT_ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def run_seeds(folder: Path) -> None:
    """Load the agreement, which is no part of what is timed."""
    subprocess.run(
        [*_dbt(), "seed"],
        cwd=PROJECT_ROOT,
        env=_environment(folder),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _dbt() -> list[str]:
    return [str(Path(sys.executable).with_name("dbt"))]


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "LEADLOOP_HOME": str(folder / "nohome"),
        "LEADLOOP_WAREHOUSE": str(folder / "marts.duckdb"),
        "LEADLOOP_SCRATCH": str(folder / "scratch.duckdb"),
        "LEADLOOP_SEEDS": str(folder / "seeds"),
        "LEADLOOP_MEMORY": "6GB",
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }


def compare(folder: Path) -> list[str]:
    """Where the two came to other figures; empty when they agree."""
    connection = duckdb.connect(str(folder / "floor.duckdb"), read_only=True)
    connection.execute(f"attach '{folder / 'marts.duckdb'}' as marts_file (read_only)")
    connection.execute(f"attach '{folder / 'scratch.duckdb'}' as src (read_only)")
    questions = {
        "ledger": (
            "select count(*), sum(points) from ledger",
            "select count(*), sum(points) from marts_file.marts.fct_score_ledger",
        ),
        "instants": (
            "select count(*), sum(epoch_us(qualified_at)) from mqls",
            "select count(*), sum(epoch_us(qualified_at)) from src.steps.funnel_qualifications "
            "where basis = 'in_force'",
        ),
        "scores": (
            "select count(*), sum(fit_score), sum(engagement_score) from scores",
            "select count(*), sum(fit_score), sum(engagement_score) from src.steps.scoring_grades",
        ),
    }
    wrong = []
    for name, (floor, ours) in questions.items():
        a, b = connection.execute(floor).fetchone(), connection.execute(ours).fetchone()
        if a != b:
            wrong.append(f"{name}: script {a}, models {b}")
    return wrong


class Cost(NamedTuple):
    """Seconds on the clock and of processor, and peak memory in GB of the processes started."""

    wall: float
    cpu: float
    gb: float


def timed(work: Callable[..., None], *arguments: object) -> Cost:
    """What a call that runs other processes costs."""
    peak = 0.0
    done = threading.Event()

    def sample() -> None:
        nonlocal peak
        while not done.wait(0.2):
            total = 0
            for child in psutil.Process().children(recursive=True):
                try:
                    total += child.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            peak = max(peak, total / 1e9)

    watcher = threading.Thread(target=sample)
    watcher.start()
    before = os.times()
    started = time.monotonic()
    try:
        work(*arguments)
    finally:
        seconds = time.monotonic() - started
        done.set()
        watcher.join()
    after = os.times()
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return Cost(seconds, cpu, peak)


def main() -> None:
    """Time both at each size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=1_000_000)
    parser.add_argument("--activities", type=int, nargs="+", default=[10_000_000, 100_000_000])
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    print(
        f"{'activities':>12}{'script s':>10}{'cpu s':>8}{'GB':>6}"
        f"{'models s':>10}{'cpu s':>8}{'GB':>6}{'ratio':>7}{'of cpu':>8}"
    )
    for activities in chosen.activities:
        folder = chosen.keep or Path(tempfile.mkdtemp(prefix="leadloop-bench-"))
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder / "seeds", ignore_errors=True)
        for old in folder.glob("*.duckdb*"):
            old.unlink()
        seeds(folder / "seeds")
        facts(folder / "scratch.duckdb", chosen.leads, activities)
        run_seeds(folder)
        floor = timed(run_floor, folder, folder / "scratch.duckdb")
        ours = timed(run_models, folder)
        print(
            f"{activities:>12}{floor.wall:>10.1f}{floor.cpu:>8.1f}{floor.gb:>6.1f}"
            f"{ours.wall:>10.1f}{ours.cpu:>8.1f}{ours.gb:>6.1f}"
            f"{ours.wall / floor.wall:>7.2f}{ours.cpu / floor.cpu:>8.2f}",
            flush=True,
        )
        wrong = compare(folder)
        if not chosen.keep:
            shutil.rmtree(folder)
        if wrong:
            sys.exit("not the same figures:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
