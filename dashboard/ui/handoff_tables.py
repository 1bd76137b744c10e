"""The hand-over page as tables: the duties, whom to call, and the twins of the figures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.ui.context import Context
from dashboard.ui.figures import handoff as figures
from dashboard.ui.figures.funnel import rate_of
from dashboard.ui.format import missing
from dashboard.ui.rates import Rate, interval, sentence
from dashboard.ui.text import clean


def judged(results: pd.DataFrame) -> list[Any]:
    """Of every duty the newest period that may be judged, else the newest one there is."""
    rows = []
    sides = {duty: place for place, duty in enumerate(("marketing", "inside_sales", "sales"))}
    ordered = results.sort_values("duty_of", key=lambda duty: duty.map(sides), kind="stable")
    for _, part in ordered.groupby("term_id", sort=False):
        ready = part[part["is_on_target"].notna()]
        rows.append(
            next(
                (ready if len(ready) else part).sort_values("period", ascending=False).itertuples()
            )
        )
    return rows


def _actual(row: Any, ctx: Context) -> str:
    if row.unit != "rate":
        return ctx.fmt.count(row.actual)
    return sentence(rate_of(row), ctx.fmt)


def _target(row: Any, ctx: Context) -> str:
    if missing(row.target):
        return ctx.tr("handoff.no_target")
    return ctx.fmt.percent(row.target, 0) if row.unit == "rate" else ctx.fmt.count(row.target)


def verdict(row: Any, ctx: Context) -> str:
    """May it be judged, was the target reached, and is the distance more than noise?"""
    if missing(row.is_on_target):
        return ctx.tr("handoff.not_judged")
    if row.is_on_target:
        return ctx.tr("handoff.on_target")
    has_interval = row.unit == "rate" and not missing(row.ci_low) and not missing(row.ci_high)
    if has_interval and row.ci_low <= row.target <= row.ci_high:
        return ctx.tr("handoff.within_noise")
    return ctx.tr("handoff.off_target")


def duties(rows: list[Any], ctx: Context) -> pd.DataFrame:
    """Every duty of the agreement, both sides by one ruler."""
    tr, fmt = ctx.tr, ctx.fmt
    return pd.DataFrame(
        [
            {
                tr("handoff.column_duty"): ctx.labels("sla_term", row.term_id),
                tr("handoff.column_duty_of"): ctx.labels("duty_of", row.duty_of),
                tr("column.month"): fmt.month(row.period),
                tr("handoff.column_actual"): _actual(row, ctx),
                tr("column.target"): _target(row, ctx),
                tr("handoff.column_verdict"): verdict(row, ctx),
                tr("handoff.column_streak"): tr("handoff.months", n=int(row.streak_count)),
                tr("handoff.column_breached"): _late(row, ctx),
            }
            for row in rows
        ]
    )


def _late(row: Any, ctx: Context) -> str:
    """Late in all, and how many of them are not done to this day."""
    if missing(row.breached_count):
        return ""
    late = ctx.fmt.count(row.breached_count + row.overdue_count, unit=False)
    still = ctx.fmt.count(row.overdue_count, unit=False)
    return ctx.tr("handoff.late_of", late=late, still=still)


def _count(value: object, ctx: Context) -> str:
    return "" if missing(value) else ctx.fmt.count(value, unit=False)


def curve(frame: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """The curve at whole working days of nine hours, and what was met."""
    tr, fmt = ctx.tr, ctx.fmt
    lines = []
    for month, part in sorted(frame.groupby("period"), key=lambda p: p[0], reverse=True):
        by_hour = {int(r.business_hours): r for r in part.itertuples()}
        line = {tr("column.month"): fmt.month(month)}
        first = next(part.itertuples())
        line[tr("handoff.column_met")] = sentence(figures.met_rate(first), fmt)
        for hour in (1, 9, 18, 27, 45):
            row = by_hour.get(hour)
            name = tr("handoff.after_hours", hours=hour)
            line[name] = "" if row is None else sentence(rate_of(row), fmt)
        lines.append(line)
    return pd.DataFrame(lines)


def calls(frame: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """Whom to call, in order; without owners in a meeting."""
    tr, fmt = ctx.tr, ctx.fmt
    reasons = "top_reasons_ja" if tr.is_japanese else "top_reasons_en"
    lines = []
    for row in frame.itertuples():
        line = {
            tr("handoff.column_rank"): int(row.call_rank),
            tr("column.company"): clean(row.company_name),
            tr("column.name"): clean(row.full_name),
            tr("handoff.column_score"): fmt.points(row.score),
            tr("column.grade"): clean(row.grade),
            tr("handoff.column_state"): tr("handoff.late" if row.is_late else "handoff.in_time"),
            tr("handoff.column_due"): fmt.instant(row.due_at),
            tr("handoff.column_rest"): rest(row.remaining_business_hours, bool(row.is_late), ctx),
            tr("handoff.column_waiting"): tr(
                "unit.business_days", n=fmt.points(row.waiting_business_days)
            ),
            tr("column.owner"): clean(row.owner_id),
            tr("handoff.column_reasons"): clean(getattr(row, reasons)),
            tr("column.lead_id"): clean(row.lead_id),
        }
        if ctx.store.is_meeting:
            del line[tr("column.owner")]
        lines.append(line)
    return pd.DataFrame(lines)


def rest(hours: object, is_late: bool, ctx: Context) -> str:
    """Working hours that are left, or by which it is late."""
    if missing(hours):
        return ""
    left = ctx.fmt.points(abs(float(hours)))  # type: ignore[arg-type]
    return ctx.tr("handoff.over" if is_late else "handoff.rest", hours=left)


def delays(frame: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """The slots of the way into the SFA."""
    return pd.DataFrame(
        [
            {
                ctx.tr("handoff.column_slot"): figures.slot_name(int(row.from_hours), ctx.fmt),
                ctx.tr("handoff.column_state"): ctx.labels("sla_status", row.status),
                ctx.tr("handoff.column_handoffs"): ctx.fmt.count(row.handoffs, unit=False),
            }
            for row in frame.itertuples()
        ]
    )


def week(frame: pd.DataFrame, kind: str, ctx: Context) -> pd.DataFrame:
    """Hours of the week with their counts."""
    return pd.DataFrame(
        [
            {
                ctx.tr("handoff.column_weekday"): ctx.tr(f"handoff.weekday_{int(row.weekday)}"),
                ctx.tr("handoff.column_hour"): f"{int(row.hour)}:00",
                ctx.tr("handoff.column_handoffs"): ctx.fmt.count(row.handoffs, unit=False),
            }
            for row in frame[frame["kind"] == kind].itertuples()
        ]
    )


def weekly(frame: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """Weeks and teams with their share of updated deals."""
    tr, fmt = ctx.tr, ctx.fmt
    ordered = frame.sort_values(["period", "value"], ascending=[False, True])
    return pd.DataFrame(
        [
            {
                tr("handoff.column_week"): fmt.day(row.period),
                tr("handoff.column_team"): ctx.labels("team", row.value),
                tr("column.rate"): sentence(rate_of(row), fmt),
                tr("column.interval"): interval(rate_of(row), fmt),
                tr("handoff.column_open"): _count(row.overdue_count, ctx),
                tr("handoff.column_not_due"): _count(row.not_due_count, ctx),
            }
            for row in ordered.itertuples()
        ]
    )


def owners(frame: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """What each owner has to call, and how long a first contact took."""
    tr, fmt = ctx.tr, ctx.fmt

    def hours(value: object) -> str:
        return "" if missing(value) else tr("unit.business_hours", n=fmt.points(value))

    return pd.DataFrame(
        [
            {
                tr("column.owner"): clean(row.owner_id) or tr("handoff.no_owner"),
                tr("handoff.column_team"): ctx.labels("team", row.team),
                tr("handoff.column_handoffs"): fmt.count(row.handoffs, unit=False),
                tr("handoff.column_waiting_count"): fmt.count(row.waiting, unit=False),
                tr("handoff.column_open"): fmt.count(row.overdue, unit=False),
                tr("handoff.column_met"): _share(row, ctx),
                tr("handoff.column_median"): hours(row.median_hours),
                tr("handoff.column_p90"): hours(row.p90_hours),
            }
            for row in frame.itertuples()
        ]
    )


def _share(row: Any, ctx: Context) -> str:
    # without an interval: the mart has one for teams and months, not for persons
    share = row.k / row.n if row.n else None
    return sentence(Rate.of(row.n, row.k, share, None, None), ctx.fmt)


def leads(frame: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """The hand-overs behind a mark."""
    tr, fmt = ctx.tr, ctx.fmt
    lines = []
    for row in frame.itertuples():
        line = {
            tr("column.company"): clean(row.company_name),
            tr("column.name"): clean(row.full_name),
            tr("handoff.column_handed_over"): fmt.instant(row.handed_over_at),
            tr("handoff.column_contact"): ""
            if missing(row.first_contact_at)
            else fmt.instant(row.first_contact_at),
            tr("handoff.column_due"): "" if missing(row.due_at) else fmt.instant(row.due_at),
            tr("handoff.column_state"): ""
            if missing(row.status)
            else ctx.labels("sla_status", row.status),
            tr("handoff.column_taken"): ""
            if missing(row.taken_business_hours)
            else tr("unit.business_hours", n=fmt.points(row.taken_business_hours)),
            tr("handoff.column_score"): fmt.points(row.score),
            tr("column.owner"): clean(row.owner_id),
            tr("column.lead_id"): clean(row.lead_id),
        }
        if ctx.store.is_meeting:
            del line[tr("column.owner")]
        lines.append(line)
    return pd.DataFrame(lines)


def together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Answers of one query under each other; an empty one adds nothing."""
    filled = [part for part in parts if not part.empty]
    return pd.concat(filled, ignore_index=True) if filled else parts[0]
