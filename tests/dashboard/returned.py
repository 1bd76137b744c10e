"""The returned leads of the synthetic companies: thirty in the last twelve months, small enough to count.

Eighteen came back as too early, eight for their size, four for words that nobody knows; twenty by
the exhibition, ten by the webinar. Twelve were nurtured and still wait, ten left out, eight became
an MQL again, five of those an SQL, two were won.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

MARTS: dict[str, str] = {
    "fct_returns": "lead_id varchar, episode_no bigint, returned_at timestamp, period date, "
    "months_ago integer, return_reason varchar, reason_group varchar, reason_text varchar, "
    "is_classified boolean, channel varchar, product varchar, handed_over_at timestamp, "
    "score_at_handoff double, follow_up varchar, cool_down_ends_at timestamp, "
    "requalified_at timestamp, sql_again_at timestamp, won_again_at timestamp, "
    "days_to_requalify double, is_requalified_too_soon boolean, standing varchar",
    "mart_return_reasons": "time_window varchar, dimension varchar, value varchar, "
    "return_reason varchar, reason_group varchar, n bigint, k bigint, share double, "
    "ci_low double, ci_high double, cumulative_share double, previous_n bigint, "
    "previous_k bigint, previous_share double, diff_low double, diff_high double",
    "mart_return_outcomes": "time_window varchar, reason_group varchar, return_reason varchar, "
    "follow_up varchar, returned_count bigint, nurturing_count bigint, excluded_count bigint, "
    "cooling_down_count bigint, too_soon_count bigint, mql_n bigint, mql_k bigint, "
    "mql_rate double, mql_ci_low double, mql_ci_high double, sql_n bigint, sql_k bigint, "
    "sql_rate double, sql_ci_low double, sql_ci_high double, won_n bigint, won_k bigint, "
    "won_rate double, won_ci_low double, won_ci_high double, median_days double",
    "mart_return_revivals": "activity_type varchar, n bigint, k bigint, rate double, "
    "ci_low double, ci_high double",
    "mart_trait_lift": "trait_group varchar, trait varchar, value varchar, n bigint, k bigint, "
    "rate double, ci_low double, ci_high double, base_n bigint, base_k bigint, base_rate double, "
    "base_ci_low double, base_ci_high double, lift double, lift_low double, lift_high double, "
    "p_value double, q_value double, is_trait boolean",
    "fct_trait_members": "trait_group varchar, lead_id varchar, episode_no bigint, "
    "trait varchar, value varchar",
}

GROUPS = {"too_early": "timing", "wrong_size": "wrong_fit", "unclassified": "other"}
REASONS = ["too_early"] * 18 + ["wrong_size"] * 8 + ["unclassified"] * 4
WINDOWS = {"m1": 1, "m3": 3, "m6": 6, "m12": 12, "all": 99}
RETURNS = 30


def _standing(i: int) -> str:
    if REASONS[i] == "wrong_size" or i in {16, 17}:
        return "excluded"
    return "won" if i < 2 else "sql" if i < 5 else "mql" if i < 8 else "nurturing"


def _rate(k: int, n: int) -> tuple[int, int, float | None, float | None, float | None]:
    from warehouse import wilson

    return (n, k, k / n if n else None, *wilson(k, n))


def add(house: Any, words: Sequence[str] = ("来年度に検討するとのこと",)) -> None:
    """The returns of leads L000001 to L000030, with every figure that follows from them."""
    leads = []
    for i in range(RETURNS):
        months_ago = i % 12 + 1
        at = datetime(2026, 10, 15) - timedelta(days=30 * (months_ago - 1))  # noqa: DTZ001
        standing = _standing(i)
        reached = (
            ("mql", "sql", "won").index(standing) + 1 if standing in {"mql", "sql", "won"} else 0
        )
        after = [at + timedelta(days=40 + 20 * j) if j < reached else None for j in range(3)]
        follow_up = "excluded" if standing == "excluded" else "nurturing"
        channel = "webinar" if i % 3 == 2 else "exhibition"
        leads.append((months_ago, channel, REASONS[i], follow_up, reached))
        house.add(
            "fct_returns", f"L{i + 1:06d}", 1, at, at.date().replace(day=1), months_ago, REASONS[i],
            GROUPS[REASONS[i]], words[i % len(words)] if i % 2 else REASONS[i], REASONS[i] != "unclassified", channel,
            "core", at - timedelta(days=9), 40.0 + i, follow_up, at + timedelta(days=60), *after,
            40.0 if reached else None, bool(reached), standing,
        )  # fmt: skip
        house.add("fct_trait_members", "returned", f"L{i + 1:06d}", 1, "channel", channel)
    _reasons(house, leads)
    _outcomes(house, leads)
    house.add("mart_return_revivals", "doc_download", *_rate(6, 8))
    base = (100, RETURNS, 0.3, 0.219, 0.396)
    for channel, k, n, q in (("exhibition", 20, 40, 0.004), ("webinar", 10, 60, 0.31)):
        lift = k / n / 0.3
        house.add(
            "mart_trait_lift", "returned", "channel", channel, *_rate(k, n), *base, lift,
            lift * 0.7, lift * 1.3, q / 2, q, q < 0.1,
        )  # fmt: skip
    house.add(
        "mart_trait_lift", "returned", "industry", "it", *_rate(1, 4), *base,
        None, None, None, None, None, False,
    )  # fmt: skip


def _within(leads: list[tuple], months: int) -> list[tuple]:
    return [lead for lead in leads if lead[0] <= months]


def _reasons(house: Any, leads: list[tuple]) -> None:
    for window, months in WINDOWS.items():
        for value in ("all", "exhibition", "webinar"):
            now = [x for x in _within(leads, months) if value in {"all", x[1]}]
            before = [x for x in leads if months < x[0] <= 2 * months and value in {"all", x[1]}]
            counts = {r: sum(x[2] == r for x in now) for r in GROUPS}
            passed = 0
            for reason, k in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
                passed += k
                previous = None if window == "all" else sum(x[2] == reason for x in before)
                n, _, share, low, high = _rate(k, len(now))
                house.add(
                    "mart_return_reasons", window, "all" if value == "all" else "channel", value,
                    reason, GROUPS[reason], n, k, share, low, high, passed / n if n else None,
                    None if window == "all" else len(before), previous,
                    previous / len(before) if before and previous is not None else None, -0.2, 0.3,
                )  # fmt: skip


def _outcomes(house: Any, leads: list[tuple]) -> None:
    for window, months in WINDOWS.items():
        present = _within(leads, months)
        keys = {("all", "all"), *(("all", f) for f in ("nurturing", "excluded"))}
        for reason, group in GROUPS.items():
            for follow_up in ("all", "nurturing", "excluded"):
                keys |= {(f"group:{group}", follow_up), (reason, follow_up)}
        for what, follow_up in sorted(keys):
            cell = [
                x
                for x in present
                if what in {"all", x[2], f"group:{GROUPS[x[2]]}"} and follow_up in {"all", x[3]}
            ]
            if not cell:
                continue
            is_group = what.startswith("group:")
            group = "all" if what == "all" else what[6:] if is_group else GROUPS[what]
            reached = [sum(x[4] > step for x in cell) for step in range(3)]
            nurtured = sum(x[3] == "nurturing" for x in cell)
            house.add(
                "mart_return_outcomes", window, group, "all" if is_group or what == "all" else what,
                follow_up, len(cell), nurtured, len(cell) - nurtured, 0, reached[0],
                *_rate(reached[0], len(cell)), *_rate(reached[1], len(cell)),
                *_rate(reached[2], len(cell)), 40.0,
            )  # fmt: skip
