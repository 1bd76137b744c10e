"""The one sentence on top of each page: a template filled from the marts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.ui.context import Context
from dashboard.ui.figures.funnel import rate_of as step_rate
from dashboard.ui.figures.funnel import step_rows
from dashboard.ui.figures.roi import UNATTRIBUTED
from dashboard.ui.filters import Segment
from dashboard.ui.format import missing
from dashboard.ui.handoff_tables import verdict as duty_verdict
from dashboard.ui.rates import Rate, Verdict, sentence
from dashboard.ui.text import markdown
from dashboard.ui.tiles import gap_text, rate_of, verdict_of


def _segment_name(ctx: Context, segment: Segment) -> str:
    if segment.is_all:
        return ""
    name = markdown(ctx.labels(segment.dimension, segment.value), 40)
    return ctx.tr("sentence.segment", name=name)


def home(ctx: Context, window: str, segment: Segment) -> str:
    """MQL to SQL against target, and the channel with the largest gap."""
    tr, fmt = ctx.tr, ctx.fmt
    rows = ctx.store.ask("kpi_window", window=window, **segment.parameters)
    row = next((r for r in rows.itertuples() if r.metric == "sql_rate"), None)
    start = _segment_name(ctx, segment) + tr("sentence.window", window=tr(f"window.{window}"))
    if row is None or missing(row.actual):
        return start + tr("sentence.no_sql_rate")
    text = start + tr("sentence.sql_rate", rate=sentence(rate_of(row), fmt))
    verdict = verdict_of(row)
    if verdict in {Verdict.MET, Verdict.MISSED, Verdict.WITHIN_NOISE, Verdict.IMMATURE}:
        text += tr(
            f"sentence.target_{verdict}",
            target=fmt.percent(row.target),
            gap=gap_text(row, fmt),
        )
    if verdict not in {Verdict.MISSED, Verdict.WITHIN_NOISE} or not segment.is_all:
        return text
    return text + _worst_channel(ctx, window)


def _worst_channel(ctx: Context, window: str) -> str:
    rows = ctx.store.ask("kpi_by_dimension", window=window, metric="sql_rate", dimension="channel")
    below = rows[rows["gap"].notna() & (rows["gap"] < 0) & rows["is_mature"].fillna(False)]
    if below.empty:
        return ""
    worst = next(below.sort_values("gap").itertuples())
    return ctx.tr(
        "sentence.worst_channel",
        channel=markdown(ctx.labels("channel", worst.value), 40),
        gap=gap_text(worst, ctx.fmt),
        k=f"{int(worst.k):,}",
        n=f"{int(worst.n):,}",
    )


def funnel(ctx: Context, window: str, basis: str, funnel_type: str, segment: Segment) -> str:
    """The records in each stage of the window: those of the bars below it."""
    tr, fmt = ctx.tr, ctx.fmt
    start = _segment_name(ctx, segment) + tr("sentence.window", window=tr(f"window.{window}"))
    if basis == "cohort":
        return start + _cohort_funnel(ctx, window, funnel_type, segment)
    rows = step_rows(
        ctx.store.ask("funnel_steps", window=window, basis=basis, **segment.parameters)
    )
    counts = {
        stage: fmt.count(step_rate(rows[step]).n)
        for stage, step in (
            ("lead", ("lead", "mql")),
            ("mql", ("mql", "sql")),
            ("sql", ("sql", "opportunity")),
        )
        if step in rows
    }
    if len(counts) < 3:
        return start + tr("sentence.no_funnel")
    text = start + tr("sentence.funnel", **counts)
    overall = rows.get(("lead", "won"))
    if overall is not None:
        text += tr("sentence.overall", rate=sentence(step_rate(overall), fmt))
    return text


def _cohort_funnel(ctx: Context, window: str, funnel_type: str, segment: Segment) -> str:
    """How far the leads that came in the window have come."""
    tr, fmt = ctx.tr, ctx.fmt
    rows = ctx.store.ask(
        "funnel_counts", window=window, funnel_type=funnel_type, **segment.parameters
    )
    stages = {str(row.stage): row for row in rows.itertuples()}
    if not stages:
        return tr("sentence.no_funnel")
    counts = {stage: fmt.count(stages[stage].n) for stage in ("lead", "mql", "sql")}
    won: Any = stages["won"]
    share = Rate.of(
        won.cumulative_n,
        won.cumulative_k,
        won.cumulative_rate,
        won.cumulative_ci_low,
        won.cumulative_ci_high,
    )
    return tr("sentence.cohort_funnel", **counts) + tr(
        "sentence.overall", rate=sentence(share, fmt)
    )


def channel_roi(ctx: Context, rows: pd.DataFrame) -> str:
    """Which channel earned most, and how many have no cost registered."""
    tr, fmt = ctx.tr, ctx.fmt
    earned = rows[(rows["gross_profit"] > 0) & (rows["channel"] != UNATTRIBUTED)]
    text = tr("sentence.no_profit")
    if not earned.empty:
        best = next(earned.sort_values("gross_profit", ascending=False).itertuples())
        text = tr(
            "sentence.best_channel",
            channel=markdown(ctx.labels("channel", best.channel), 40),
            profit=fmt.money(best.gross_profit),
        )
    without = int((rows["cost"].isna() & (rows["channel"] != UNATTRIBUTED)).sum())
    return text + (tr("sentence.no_cost", n=without) if without else "")


def leads(ctx: Context, total: int) -> str:
    """How many leads the list holds."""
    return ctx.tr("sentence.leads", n=ctx.fmt.count(total))


def definitions(
    ctx: Context,
    in_force: Sequence[Any],
    pair: tuple[str, str] | None = None,
    changes: int = 0,
) -> str:
    """Which version holds since when, and what the other one of the pair would change."""
    tr, fmt = ctx.tr, ctx.fmt
    text = tr("sentence.nothing_in_force")
    if in_force:
        row = in_force[0]
        text = tr(
            "sentence.in_force", version=markdown(row.version, 40), day=fmt.day(row.valid_from_on)
        )
    if pair is None:
        return text
    names = {"old": markdown(pair[0], 40), "new": markdown(pair[1], 40)}
    text += tr("sentence.changes" if changes else "sentence.no_changes", n=changes, **names)
    rows = ctx.store.ask("version_effects", from_version=pair[0], to_version=pair[1])
    mqls = next((r for r in rows.itertuples() if r.measure == "mql_leads"), None)
    if mqls is None or not changes:
        return text
    return text + tr(
        "sentence.mql_leads",
        before=fmt.count(mqls.from_value),
        after=fmt.count(mqls.to_value),
        change=fmt.signed_count(mqls.change_value),
        **names,
    )


def handoff(ctx: Context) -> str:
    """Called in time, in the newest month that may be judged, and who waits now."""
    tr, fmt = ctx.tr, ctx.fmt
    calls = ctx.store.ask("calls_today", limit=1)
    waiting = 0 if calls.empty else int(calls["total_rows"].iloc[0])
    late = 0 if calls.empty else int(calls["late_rows"].iloc[0])
    if waiting:
        rest = tr("sentence.handoff_waiting", n=fmt.count(waiting), late=fmt.count(late))
    else:
        rest = tr("sentence.handoff_nobody")
    results = ctx.store.ask("sla_results", period_kind="month", dimension="all", periods=13)
    curve = ctx.store.ask("contact_curve", months=1)
    term = "" if curve.empty else str(curve["term_id"].iloc[0])
    ready = results[(results["term_id"] == term) & results["is_on_target"].notna()]
    if ready.empty:
        return tr("sentence.handoff_none") + rest
    row: Any = next(ready.sort_values("period", ascending=False).itertuples())
    said = tr(
        "sentence.handoff",
        month=fmt.month(row.period),
        rate=sentence(step_rate(row), fmt),
        target=fmt.percent(row.target, 0),
        verdict=duty_verdict(row, ctx),
    )
    return said + rest


def data(ctx: Context, total: pd.DataFrame) -> str:
    """How many rows were read, and whether all of them are accounted for."""
    row = total.iloc[0]
    if not int(row["rows_read"]):
        return ctx.tr("sentence.no_data_read")
    count = ctx.fmt.count
    return ctx.tr(
        "sentence.data",
        read=count(row["rows_read"], unit=False),
        loaded=count(row["loaded"], unit=False),
        held=count(row["quarantined"], unit=False),
        difference=count(row["difference"], unit=False),
    )
