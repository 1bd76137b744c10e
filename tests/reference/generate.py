"""Random rule sets and random small histories, full of edges; everything is valid under `leadloop check`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import strategies as st

from leadloop.agreement.rule_language import (
    ACTIVITY_TYPES,
    CAP_PERIODS,
    DECAYS,
    DISTINCT_BY,
    FIELDS,
    LIST_SEPARATOR,
    OPERATORS,
    RULE_DISTINCT_BY,
    Takes,
    operators_for,
)
from tests.reference.scorer import TOKYO, Event, History, Lead, StageChange

Row = dict[str, str]

# What raw says and what we understand by it: the vocabulary is not what is tested here.
_JOB_TITLES = {"部長": "director", "取締役": "executive", "課長": "manager", "主任": "staff"}
_INDUSTRIES = {"製造業": "manufacturing", "it": "it", "retail": "retail"}

_LEAD_VALUES: dict[str, tuple[str, ...]] = {
    "job_title": tuple(_JOB_TITLES),
    "industry": tuple(_INDUSTRIES),
    "employee_count": ("0", "99", "100", "101", "250", "1000"),
    "country": ("JP", "jp", "US"),
    "prefecture": ("東京都", "大阪府"),
    "department": ("情報システム部", "IT部門", "HR"),
    "company_domain": ("acme.example", "sub.acme.example", "other.example"),
    "email": ("a@acme.example", "b@gmail.com", "c@GMAIL.com"),
    "source_channel": ("email", "Organic_Search", "webinar"),
    "source_campaign": ("Spring 2026", "spring 2026", "autumn"),
    "source_content": ("guide", "Guide|2", "100%"),
    "is_opted_out": ("true", "false"),
}
_EVENT_VALUES: dict[str, tuple[str, ...]] = {
    "content_id": ("c1", "C1", "c2", "7", "007", "budget", "challenge"),
    "content_name": ("Guide A", "guide b", "Plans|Guide", "100% Guide", "手引き"),
    "content_type": ("price_deck", "whitepaper", "Price_Deck"),
    "url": ("https://example.com/a", "https://Example.com/a/b", "https://example.com/x_y"),
    "channel": ("email", "Email", "organic_search", "partner"),
    "campaign": ("spring", "Spring", "autumn"),
    "answer": ("confirmed", "denied", "Yes", "詳しい説明を希望"),
    "actor": ("rep1", "Rep2"),
}
# What conditions compare with: all of the above as we understand it, and near misses.
_CONDITION_VALUES: dict[str, tuple[str, ...]] = {
    **{
        name: (*values, values[0].upper(), "nothing like it")
        for name, values in _LEAD_VALUES.items()
    },
    **{
        name: (*values, values[0].upper(), "nothing like it")
        for name, values in _EVENT_VALUES.items()
    },
    "product": ("Kintai-1", "kintai-20", "kintai", "Keihi"),
    "job_level": ("executive", "director", "manager", "staff", "student"),
    "industry": ("manufacturing", "it", "retail", "finance"),
    "employee_count": ("0", "99", "99.5", "100", "250", "1000", "-1"),
    "email_domain": ("acme.example", "gmail.com", "GMAIL.COM"),
    "channel": ("email", "organic_search", "partner", "webinar"),
    "source_channel": ("email", "organic_search", "webinar", "partner"),
    "is_opted_out": ("true", "false"),
    "content_answer": ("budget:confirmed", "budget:denied", "challenge:confirmed", "need:partly"),
    "to_stage": ("lead", "mql", "sql", "opportunity", "lost"),
}
_PARTS: dict[str, tuple[str, ...]] = {
    "content_answer": ("budget:", ":confirmed", "BUDGET"),
    "url": ("https://example.com/a", "HTTPS://EXAMPLE.COM", "/x_y", "/a/b"),
    "content_name": ("guide", "%", "_", "手引", "Plans"),
}
# types that the histories are full of; every other one turns up too
_USUAL_TYPES = (
    "page_view",
    "key_page_view",
    "doc_download",
    "email_open",
    "hearing_answer",
    "seminar_attend",
    "form_error",
)
_POINTS = ("1", "2", "5", "10", "15", "0.5", "0.1", "0.7", "2.25", "0", "-1", "-5", "-2.5")
_CAPS = ("0.8", "3", "5", "7.5", "12", "30")
_SCORES = ("-3", "0", "0.8", "1", "5", "7.5", "10", "12", "20", "30")
_DAYS = (1, 2, 7, 30)
# sums of these are not what floats make of them
_TENTHS, _SUMS_OF_TENTHS = ("0.1", "0.2", "0.7"), ("0.3", "0.8", "0.9", "1", "1.1")
_STAGES = ("lead", "mql", "sql", "opportunity", "returned")

# --- histories -----------------------------------------------------------------------------------


# moments at which a local day or month turns, in a leap year and long ago: nothing here comes after the data was loaded
_EDGES = tuple(
    at.astimezone(UTC)
    for at in (
        datetime(2024, 2, 29, 23, 59, 59, tzinfo=TOKYO),
        datetime(2024, 3, 1, tzinfo=TOKYO),
        datetime(2024, 3, 31, 23, 59, 59, tzinfo=TOKYO),
        datetime(2024, 4, 1, tzinfo=TOKYO),
        datetime(2024, 4, 1, 9, tzinfo=TOKYO),
        datetime(2024, 4, 10, 12, tzinfo=TOKYO),
    )
)


def _next_midnight(at: datetime) -> datetime:
    local = at.astimezone(TOKYO)
    return (
        local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    ).astimezone(UTC)


_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)
_STEPS: tuple[Callable[[datetime], datetime], ...] = (
    lambda at: at,
    lambda at: at,
    lambda at: at + _SECOND,
    lambda at: at + timedelta(minutes=30),
    lambda at: at + timedelta(hours=2),
    lambda at: at + timedelta(hours=7),
    lambda at: at + _DAY - _SECOND,
    lambda at: at + _DAY,
    lambda at: at + _DAY + _SECOND,
    lambda at: at + 2 * _DAY,
    lambda at: at + 7 * _DAY,
    lambda at: at + 7 * _DAY + _SECOND,
    lambda at: at + 30 * _DAY,
    lambda at: at + 30 * _DAY + _SECOND,
    lambda at: at + timedelta(days=3, hours=5, minutes=17, seconds=43),
    _next_midnight,
    lambda at: _next_midnight(at) - _SECOND,
)


@dataclass(frozen=True)
class Company:
    """One lead as raw holds it, with the same lead as the reference reads it."""

    history: History
    raw_lead: Row
    raw_events: tuple[Row, ...]
    raw_changes: tuple[Row, ...]


def _fact(random: Random) -> tuple[Row, str]:
    """What happened, without when: the fields of an event, and its session."""
    kind = random.choice(_USUAL_TYPES if random.random() < 0.8 else ACTIVITY_TYPES)
    fields = {"activity_type": kind}
    for name in random.sample(sorted(_EVENT_VALUES), random.randint(0, 4)):
        fields[name] = random.choice(_EVENT_VALUES[name])
    if kind == "hearing_answer":
        fields |= {"content_id": "budget", "answer": random.choice(("confirmed", "denied"))}
    return fields, random.choice(("", "s1", "s2", "s3"))


def company(random: Random, number: int) -> Company:
    """A lead with one to four dozen facts; half of its attributes are unknown."""
    attributes = {
        name: random.choice(values)
        for name, values in _LEAD_VALUES.items()
        if random.random() < 0.6
    }
    at = random.choice(_EDGES)
    moments: list[tuple[datetime, Row, str]] = []
    for _ in range(random.randint(4, 26)):
        # every fifth fact comes with the one before
        at = random.choice(_STEPS)(at) if random.random() < 0.8 else at
        moments.append((at, *_fact(random)))
    # the lead comes with one of its events, between two, or before all
    came_with = random.randrange(min(6, len(moments)))
    created_at = moments[came_with][0] - random.choice((0, 0, 1, 86_400)) * _SECOND
    changes = [
        (random.choice(moments)[0] + _SECOND * random.randint(0, 1), random.choice(_STAGES))
        for _ in range(random.randint(0, 2))
    ]
    # nobody is given back before they came
    for at, fact, _ in moments:
        if fact["activity_type"] == "returned" and at < created_at:
            fact["activity_type"] = "meeting"
    changes = [(at, to) for at, to in changes if to != "returned" or at >= created_at]
    return _company(number, attributes, created_at, moments, changes)


def _company(
    number: int,
    attributes: Row,
    created_at: datetime,
    moments: Sequence[tuple[datetime, Row, str]],
    changes: Sequence[tuple[datetime, str]],
) -> Company:
    lead_id = f"L{number:03d}"
    raw_events = [
        {
            # ids that are not in the order of time, in both cases of letters
            "activity_id": f"{'aB'[i % 2]}{(i * 7919 + number * 31) % 10007:05d}-{number}",
            "lead_id": lead_id,
            "occurred_at": written(at),
            **fields,
            **({"session_id": f"{session}-{number}"} if session else {}),
        }
        for i, (at, fields, session) in enumerate(moments)
    ]
    unique = {(to, at): None for at, to in changes}
    raw_changes = [
        {"entity": "lead", "entity_id": lead_id, "to_status": to, "changed_at": written(at)}
        for to, at in unique
    ]
    # every lead has a product of its own, by which a trial makes it a segment
    known = {"created_at": written(created_at), "product": f"Kintai-{number}"}
    raw_lead = {"lead_id": lead_id, **known, **attributes}
    return understood(raw_lead, raw_events, raw_changes)


def later_changed(random: Random, company: Company, instant: datetime) -> Company:
    """The same lead with another future: after the instant events are gone, moved, changed and added."""
    changed: list[Row] = []
    for row in company.raw_events:
        if read(row["occurred_at"]) <= instant:
            changed.append(row)
        elif random.random() < 0.7:
            changed.append(row | {"occurred_at": _after(random, instant)})
    for i in range(random.randint(0, 5)):
        # some ids come before all others
        fields, _ = _fact(random)
        own = {"activity_id": f"{random.choice('0z')}{i}-{company.history.lead.lead_id}"}
        own |= {"lead_id": company.history.lead.lead_id, "occurred_at": _after(random, instant)}
        changed.append(own | fields)
    recorded = [row for row in company.raw_changes if read(row["changed_at"]) <= instant]
    if random.random() < 0.7:
        recorded.append(
            {
                "entity": "lead",
                "entity_id": company.history.lead.lead_id,
                "to_status": random.choice(_STAGES),
                "changed_at": _after(random, instant),
            }
        )
    return understood(company.raw_lead, changed, recorded)


def _after(random: Random, instant: datetime) -> str:
    return written(random.choice(_STEPS)(instant + _SECOND))


def written(at: datetime) -> str:
    """A time as raw holds it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def read(text: str) -> datetime:
    """A time as raw holds it, read."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def understood(raw_lead: Row, raw_events: Sequence[Row], raw_changes: Sequence[Row]) -> Company:
    """Raw rows with what the reference makes of them: titles are levels, industries codes, addresses domains."""
    attributes = {k: v for k, v in raw_lead.items() if k not in ("lead_id", "created_at", "email")}
    # who did not ask to be left alone is not said to have
    attributes.setdefault("is_opted_out", "false")
    if "job_title" in raw_lead:
        attributes["job_level"] = _JOB_TITLES[raw_lead["job_title"]]
    if "industry" in raw_lead:
        attributes["industry"] = _INDUSTRIES[raw_lead["industry"]]
    if "email" in raw_lead:
        attributes["email_domain"] = raw_lead["email"].partition("@")[2]
    lead = Lead(raw_lead["lead_id"], read(raw_lead["created_at"]), attributes)
    own = ("activity_id", "lead_id", "activity_type", "occurred_at", "session_id")
    events = [
        Event(
            lead.lead_id,
            row["activity_id"],
            row["activity_type"],
            read(row["occurred_at"]),
            {k: v for k, v in row.items() if k not in own},
            row.get("session_id"),
        )
        for row in raw_events
    ]
    changes = [
        StageChange(lead.lead_id, r["to_status"], read(r["changed_at"])) for r in raw_changes
    ]
    return Company(History(lead, events, changes), raw_lead, tuple(raw_events), tuple(raw_changes))


# --- rule sets -----------------------------------------------------------------------------------

_GROUPS_OF_TYPES = ("visit", "any_activity")


def _activity_subject(random: Random) -> str:
    return random.choice(
        random.choice(
            (_USUAL_TYPES, _USUAL_TYPES, _GROUPS_OF_TYPES, _GROUPS_OF_TYPES, ACTIVITY_TYPES)
        )
    )


def condition(random: Random, subject: str) -> Row:
    """Any condition that can be asked of a subject."""
    is_event = subject not in ("lead", "score", "stage_change")
    field = "" if is_event and random.random() < 0.5 else random.choice(sorted(FIELDS[subject]))
    operator = random.choice(operators_for(subject, field))
    value = _value(random, subject, field, operator)
    return {"subject": subject, "field": field, "operator": operator, "value": value}


def _value(random: Random, subject: str, field: str, operator: str) -> str:
    takes = OPERATORS[operator].takes
    if takes is Takes.NOTHING:
        return ""
    if subject == "score":
        choices = _SCORES
    elif operator in ("contains", "prefix"):
        choices = _PARTS.get(field, _CONDITION_VALUES[field])
    else:
        choices = _CONDITION_VALUES[field]
    # no item holds the bar, but what it is compared with may
    items = sorted({item for value in choices for item in value.split(LIST_SEPARATOR)})
    if takes is Takes.ONE:
        return random.choice(items)
    if takes is Takes.BOUNDS:
        bounds = (random.choice(items), random.choice(items))
        return LIST_SEPARATOR.join(sorted(bounds, key=float))
    barred = [value for value in choices if LIST_SEPARATOR in value]
    if barred and random.random() < 0.3:
        return random.choice(barred)
    return LIST_SEPARATOR.join(random.sample(items, random.randint(1, min(3, len(items)))))


def _rule(random: Random, groups: Row) -> Row:
    is_fit = random.random() < 0.25
    row = condition(random, "lead" if is_fit else _activity_subject(random))
    points = random.choice(_POINTS)
    group = random.choice(("", "", *groups))
    row |= {
        "axis": random.choice(("fit", "engagement", "fit" if is_fit else "engagement")),
        "points": points,
        "rule_group": group,
        "group_cap_points": groups.get(group, ""),
        "decay": "none",
    }
    if float(points) >= 0 and random.random() < 0.5:
        row |= {"cap_points": random.choice(_CAPS), "cap_period": random.choice(CAP_PERIODS)}
    if not is_fit:
        row["distinct_by"] = random.choice(("", "", *RULE_DISTINCT_BY))
        row["decay"] = random.choice(("none", "none", *DECAYS))
        if row["decay"] != "none":
            row["decay_days"] = str(random.choice(_DAYS))
    return row


def _criterion(random: Random) -> Row:
    kind = random.choice(("activity", "activity", "activity", "lead", "score", "stage_change"))
    if kind != "activity":
        return condition(random, kind)
    row = condition(random, _activity_subject(random))
    if random.random() < 0.5:
        row["min_count"] = str(random.randint(1, 4))
        row["distinct_by"] = random.choice(("", *DISTINCT_BY))
    if random.random() < 0.5:
        row["window_days"] = str(random.choice(_DAYS))
    return row


@dataclass(frozen=True)
class RuleSet:
    """The rows of one version; `named` puts its name on them."""

    rules: tuple[Row, ...]
    criteria: tuple[Row, ...]
    disqualifiers: tuple[Row, ...]
    total_cap: str

    def named(self, version: str) -> RuleSet:
        """The same rows as those of this version."""

        def rows(found: Sequence[Row]) -> tuple[Row, ...]:
            return tuple({"version": version, **row} for row in found)

        return RuleSet(
            rows(self.rules), rows(self.criteria), rows(self.disqualifiers), self.total_cap
        )


def _once(rows: Sequence[Row], *columns: str) -> list[Row]:
    """Without the rows that ask what an earlier one asks: the check refuses them."""
    kept: dict[tuple[str, ...], Row] = {}
    for row in rows:
        kept.setdefault(tuple(row.get(column, "") for column in columns), row)
    return list(kept.values())


_ASKS = ("subject", "field", "operator", "value")
_PLACE = ("stage", "path", *_ASKS, "distinct_by", "window_days")


def rule_set(random: Random) -> RuleSet:
    """A version: points, definitions, who is left out, and perhaps a cap on all."""
    names = random.choice(((), ("g1",), ("g1", "g2")))
    groups = {name: random.choice(("", *_CAPS)) for name in names}
    rules = _once([_rule(random, groups) for _ in range(random.randint(1, 8))], *_ASKS)
    # names that are not in the order of the rows
    rules = [row | {"rule_id": f"r{(i * 3 + 2) % 10}"} for i, row in enumerate(rules)]
    criteria: list[Row] = []
    for stage in ("mql", "sql"):
        for number in range(random.randint(1 if stage == "mql" else 0, 3)):
            asked = [_criterion(random) for _ in range(random.randint(1, 3))]
            criteria += [
                row | {"stage": stage, "path": f"p{3 - number}", "criterion": f"k{i}"}
                for i, row in enumerate(_once(asked, *_ASKS, "distinct_by", "window_days"))
            ]
    disqualifiers = []
    if random.random() < 0.3:
        blocks = random.choice(("true", "false"))
        left_out = {"disqualifier_id": "left_out", "blocks_qualification": blocks}
        disqualifiers.append(condition(random, "lead") | left_out)
    total_cap = random.choice(("", "", *_CAPS))
    if random.random() < 0.1:
        rules = [
            row | {"points": random.choice(_TENTHS), "decay": "none", "decay_days": ""}
            for row in rules
        ]
        criteria = [
            row | {"operator": "gte", "value": random.choice(_SUMS_OF_TENTHS)}
            if row["subject"] == "score"
            else row
            for row in criteria
        ]
        total_cap = ""
    return RuleSet(tuple(rules), tuple(_once(criteria, *_PLACE)), tuple(disqualifiers), total_cap)


# --- for hypothesis ------------------------------------------------------------------------------

_randoms = st.randoms(use_true_random=True)
rule_sets = _randoms.map(rule_set)
companies = _randoms.map(lambda random: company(random, 1))
