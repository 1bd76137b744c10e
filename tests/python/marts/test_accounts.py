"""Accounts of the demo company against a plain Python reading of the same leads and events."""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from leadloop.settings import PROJECT_ROOT
from tests.conftest import Built

_SEEDS = PROJECT_ROOT / "seeds"


def _seed(name: str) -> list[dict[str, str]]:
    with next(_SEEDS.glob(f"*/{name}.csv")).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_FREE = {row["domain"] for row in _seed("free_mail_domains")}
_TERMS = {row["term"]: row["value"] for row in _seed("account_terms")}
_FORMS = _seed("company_forms")
_EVENT_TYPES = _seed("event_types")


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).lower()
    return re.sub(r" +", " ", re.sub(r"[,.、。]", " ", text)).strip()


def _word(name: str | None) -> str | None:
    """What is left of a company's name without its kind; None where it names no company."""
    plain = _plain(name or "")
    if "@" in plain or plain in {_plain(f["form"]) for f in _FORMS if f["place"] == "whole"}:
        return None
    sides = [_plain(f["form"]) for f in _FORMS if f["place"] == "either"]
    ends = [_plain(f["form"]) for f in _FORMS if f["place"] == "end"]
    any_of = "|".join(re.escape(s) for s in sorted(sides, key=len, reverse=True))
    apart = "|".join(re.escape(s) for s in sorted(ends, key=len, reverse=True))
    bare = re.sub(rf"({any_of}|(?<= )({apart}))$", "", re.sub(rf"^({any_of})", "", plain))
    return bare.replace(" ", "") or None


def _account(company_domain: str | None, email: str | None, name: str | None) -> str | None:
    for domain in (company_domain, (email or "").partition("@")[2]):
        if domain and domain not in _FREE:
            return domain
    word = _word(name)
    return f"name:{word}" if word else None


@dataclass
class Person:
    """A lead as this file sees it."""

    account: str | None
    level: str | None
    score: float
    company: str | None
    is_disqualified: bool
    last: datetime | None = None

    def is_active(self, as_of: datetime) -> bool:
        window = timedelta(days=int(_TERMS["active_window"]))
        return self.last is not None and as_of - self.last <= window


@dataclass
class Company:
    people: list[Person] = field(default_factory=list)


@pytest.fixture(scope="module")
def as_of(demo: Built) -> datetime:
    return demo.value("select max(as_of) from marts.lead_scores")


@pytest.fixture(scope="module")
def people(demo: Built) -> dict[str, Person]:
    counting = set()
    for subject in _TERMS["active_events"].split("|"):
        counting |= {
            row["activity_type"]
            for row in _EVENT_TYPES
            if row["activity_type"] == subject
            or (subject == "visit" and row["is_visit"] == "true")
            or subject == "any_activity"
        }
    found = {
        lead_id: Person(_account(domain, email, name), level, score, name, reason is not None)
        for lead_id, domain, email, name, level, score, reason in demo.rows(
            "select lead_id, company_domain, email, company_name, job_level, total_score, "
            "disqualified_reason from marts.dim_leads join marts.dim_lead_contacts using (lead_id) "
            "join marts.lead_scores using (lead_id)"
        )
    }
    for lead_id, kind, at, excluded_by in demo.rows(
        "select lead_id, activity_type, occurred_at, excluded_by from marts.fct_lead_events"
    ):
        person = found[lead_id]
        if kind in counting and excluded_by is None and (person.last is None or at > person.last):
            person.last = at
    return found


@pytest.fixture(scope="module")
def companies(people: dict[str, Person]) -> dict[str, Company]:
    found: dict[str, Company] = defaultdict(Company)
    for person in people.values():
        if person.account is not None:
            found[person.account].people.append(person)
    return dict(found)


def test_every_lead_is_in_its_account_or_apart(demo: Built, people: dict[str, Person]) -> None:
    rows = demo.rows(
        "select lead_id, account_key, is_active, is_decision_maker, last_activity_at "
        "from marts.account_leads"
    )
    assert len(rows) == len(people) > 10_000
    wrong = [row for row in rows if row[1] != people[row[0]].account]
    assert wrong == []
    deciding = set(_TERMS["decision_maker_levels"].split("|"))
    as_of = demo.value("select max(as_of) from marts.lead_scores")
    for lead_id, _, is_active, decides, last in rows:
        person = people[lead_id]
        assert (is_active, decides, last) == (
            person.is_active(as_of),
            person.level in deciding,
            person.last,
        ), lead_id
    assert sum(row[2] for row in rows) > 100


def test_account_scores_are_the_sums_of_their_people(
    demo: Built, companies: dict[str, Company], as_of: datetime
) -> None:
    deciding = set(_TERMS["decision_maker_levels"].split("|"))
    rows = demo.rows(
        "select account_key, total_score, max_lead_score, eligible_score, lead_count, "
        "eligible_lead_count, active_lead_count, known_role_count, active_role_count, "
        "has_decision_maker, has_active_decision_maker, last_activity_at from marts.account_scores"
    )
    assert {row[0] for row in rows} == set(companies)
    for key, *figures in rows:
        everybody = companies[key].people
        active = [p for p in everybody if p.is_active(as_of)]
        eligible = [p for p in everybody if not p.is_disqualified]
        expected: list[Any] = [
            math.fsum(p.score for p in everybody),
            max(p.score for p in everybody),
            math.fsum(p.score for p in eligible),
            len(everybody),
            len(eligible),
            len(active),
            len({p.level for p in everybody if p.level}),
            len({p.level for p in active if p.level}),
            any(p.level in deciding for p in everybody),
            any(p.level in deciding for p in active),
            max((p.last for p in everybody if p.last), default=None),
        ]
        assert figures[:3] == pytest.approx(expected[:3], abs=1e-9), key
        assert figures[3:] == expected[3:], key


def test_companies_have_the_name_most_of_their_leads_write(
    demo: Built, companies: dict[str, Company]
) -> None:
    for key, name, count in demo.rows(
        "select account_key, company_name, lead_count from marts.dim_accounts"
    ):
        everybody = companies[key].people
        spellings = Counter(p.company for p in everybody if p.company)
        best = min(spellings, key=lambda s: (-spellings[s], s), default=None)
        assert (name, count) == (best, len(everybody)), key


def test_roles_of_a_buying_group(
    demo: Built, companies: dict[str, Company], as_of: datetime
) -> None:
    expected = {}
    for key, company in companies.items():
        for level in {p.level or "unknown" for p in company.people}:
            group = [p for p in company.people if (p.level or "unknown") == level]
            last = max((p.last for p in group if p.last), default=None)
            expected[key, level] = (len(group), sum(p.is_active(as_of) for p in group), last)
    rows = demo.rows(
        "select account_key, job_level, lead_count, active_lead_count, last_activity_at "
        "from marts.mart_buying_groups"
    )
    assert {tuple(row[:2]): tuple(row[2:]) for row in rows} == expected


def test_accounts_and_those_apart_are_all_leads_and_all_points(demo: Built) -> None:
    leads, points = demo.rows("select count(*), sum(total_score) from marts.lead_scores")[0]
    in_accounts, their_points = demo.rows(
        "select sum(lead_count), sum(total_score) from marts.account_scores"
    )[0]
    apart, points_apart = demo.rows(
        "select count(*), coalesce(sum(total_score), 0) from marts.lead_scores "
        "join marts.account_leads using (lead_id) where account_key is null"
    )[0]
    assert in_accounts + apart == leads
    assert their_points + points_apart == pytest.approx(points, abs=1e-6)


def test_no_account_is_free_mail_or_a_persons_address(demo: Built) -> None:
    domains = {d for (d,) in demo.rows("select domain from marts.dim_accounts") if d}
    assert not domains & _FREE
    assert demo.value("select count(*) from marts.dim_accounts where account_key like '%@%'") == 0
    assert demo.value(
        "select count(*) from marts.dim_lead_contacts where email like '%@freemail.example'"
    )


def test_owners_call_the_warmest_open_leads_first(demo: Built, people: dict[str, Person]) -> None:
    rows = demo.rows(
        "select lead_id, priorities.owner_id, owner_rank, priorities.stage, total_score, "
        "disqualified_reason from marts.lead_priorities as priorities "
        "join marts.lead_scores using (lead_id) join marts.dim_leads using (lead_id)"
    )
    lists: dict[str | None, list[tuple[float, float, str]]] = defaultdict(list)
    for lead_id, owner, _, stage, score, reason in rows:
        if stage not in ("won", "lost") and reason is None:
            last = people[lead_id].last
            lists[owner].append((-score, -last.timestamp() if last else math.inf, lead_id))
    expected = {
        entry[2]: place
        for entries in lists.values()
        for place, entry in enumerate(sorted(entries), start=1)
    }
    assert {row[0]: row[2] for row in rows if row[2] is not None} == expected
    assert len(expected) > 1_000
