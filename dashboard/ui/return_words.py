"""The sentences of the page on returned leads: its headline and what is worth talking about."""

from __future__ import annotations

import pandas as pd

from dashboard.ui.context import Context
from dashboard.ui.figures import returns
from dashboard.ui.figures.funnel import rate_of
from dashboard.ui.rates import Rate, Size, sentence
from dashboard.ui.text import markdown


def headline(ctx: Context, window: str, channel: str, rows: pd.DataFrame) -> str:
    """The most frequent reason of the window."""
    tr, labels = ctx.tr, ctx.labels
    start = tr("sentence.window", window=tr(f"window.{window}"))
    if channel:
        start = tr("sentence.segment", name=markdown(labels("channel", channel), 40)) + start
    top = next((r for r in rows.itertuples() if r.k > 0), None)
    if top is None:
        return start + tr("returns.no_returns")
    return start + tr(
        "returns.headline",
        n=ctx.fmt.count(top.n),
        reason=markdown(labels("return_reason", top.return_reason), 40),
        share=sentence(returns.share_of(top), ctx.fmt),
    )


def suggestions(ctx: Context, traits: pd.DataFrame, flows: pd.DataFrame) -> list[str]:
    """What the marts say clearly enough to be talked about; nothing where they do not."""
    found = [_trait(ctx, traits), _second_chance(ctx, flows), _too_soon(ctx, flows)]
    return [text for text in found if text]


def _trait(ctx: Context, traits: pd.DataFrame) -> str:
    """The trait with the strongest lift among those that survived the correction."""
    sure = [r for r in traits.itertuples() if r.is_trait and r.lift_low > 1]
    if not sure:
        return ""
    row = max(sure, key=lambda r: float(r.lift_low))
    return ctx.tr(
        "returns.suggest_trait",
        trait=markdown(returns.trait_name(row, ctx.fmt, ctx.labels), 60),
        rate=sentence(rate_of(row), ctx.fmt),
        lift=f"{float(row.lift):.1f}",
        base=ctx.fmt.percent(row.base_rate),
    )


def _row(flows: pd.DataFrame, reason: str) -> object:
    cut = flows[(flows["return_reason"] == reason) & (flows["follow_up"] == "all")]
    cut = cut if reason != "all" else cut[cut["reason_group"] == "all"]
    return next(cut.itertuples(), None)


def _second_chance(ctx: Context, flows: pd.DataFrame) -> str:
    """Was 'too early' really early? How many of them came back."""
    row = _row(flows, "too_early")
    if row is None:
        return ""
    again = Rate.of(row.mql_n, row.mql_k, row.mql_rate, row.mql_ci_low, row.mql_ci_high)  # type: ignore[attr-defined]
    if again.size not in {Size.FEW, Size.ENOUGH}:
        return ""
    return ctx.tr(
        "returns.suggest_early",
        reason=markdown(ctx.labels("return_reason", "too_early"), 40),
        again=sentence(again, ctx.fmt),
        won=ctx.fmt.count(row.won_k),  # type: ignore[attr-defined]
    )


def _too_soon(ctx: Context, flows: pd.DataFrame) -> str:
    """Leads that qualified again before their cool-down had ended."""
    row = _row(flows, "all")
    if row is None or not row.too_soon_count:  # type: ignore[attr-defined]
        return ""
    return ctx.tr(
        "returns.suggest_cool_down",
        n=ctx.fmt.count(row.too_soon_count),  # type: ignore[attr-defined]
        of=ctx.fmt.count(row.mql_k),  # type: ignore[attr-defined]
    )
