"""The bridge from one window's conversions to another's: volume, mix and rate."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui import theme
from dashboard.ui.figures.base import HOVER, categories, figure
from dashboard.ui.format import Formatter
from dashboard.ui.labels import Labels
from dashboard.ui.text import plotly

EFFECTS = ("volume", "mix", "rate")


def signed(value: float, fmt: Formatter) -> str:
    """A part of a difference: whole records where it is one, else with a decimal."""
    return fmt.signed_points(round(value, 1) + 0.0)


def waterfall(
    frame: pd.DataFrame,
    compared_with: str,
    fmt: Formatter,
    mark: Callable[[str], str],
    *,
    fewer_is_better: bool,
) -> go.Figure:
    """From what it is held against to what it is, each effect from where the one before ended.

    Args:
        frame: one row a value; its effects are added up here, as every row's are to its difference.
        mark: what a bar stands for, by its name: base, volume, mix, rate or now.
    """
    base, now = float(frame["base_conversions"].sum()), float(frame["k"].sum())
    parts = {name: float(frame[f"{name}_effect"].sum()) for name in EFFECTS}
    names = [
        fmt.tr(f"funnel_page.base_{compared_with}"),
        *(fmt.tr(f"funnel_page.effect_{name}") for name in EFFECTS),
        fmt.tr("funnel_page.now"),
    ]
    starts, lengths, colours, texts = [0.0], [base], [theme.COMPARISON], [_total(base, fmt)]
    level = base
    for part in parts.values():
        starts.append(level)
        lengths.append(part)
        level += part
        is_good = part <= 0 if fewer_is_better else part >= 0
        colours.append(theme.GOOD if is_good else theme.BAD)
        texts.append(("▲ " if part > 0 else "▼ " if part < 0 else "") + signed(part, fmt))
    starts.append(0.0)
    lengths.append(now)
    colours.append(theme.ACTUAL)
    texts.append(_total(now, fmt))
    fig = figure(56 * len(names) + 60, right=90, bottom=44)
    fig.add_bar(
        x=lengths,
        base=starts,
        y=[plotly(name) for name in names],
        orientation="h",
        marker_color=colours,
        text=texts,
        textposition="outside",
        cliponaxis=False,
        hovertext=[f"{name}<br>{text}" for name, text in zip(names, texts, strict=True)],
        hovertemplate=HOVER,
        customdata=[mark(name) for name in ("base", *EFFECTS, "now")],
        width=0.6,
    )
    categories(fig, autorange="reversed")
    tops = [max(s, s + n) for s, n in zip(starts, lengths, strict=True)]
    fig.update_xaxes(
        range=[min(0.0, *(s + n for s, n in zip(starts, lengths, strict=True))), max(tops) * 1.12],
        title_text=fmt.tr("funnel_page.axis_conversions"),
    )
    return fig


def _total(value: float, fmt: Formatter) -> str:
    # a plan may fall between two records
    return fmt.tr("unit.records", n=fmt.points(value))


def table(frame: pd.DataFrame, kind: str, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """A line a value, the one with the largest difference on top; the sum at the end."""
    tr = fmt.tr
    columns = {
        "base_conversions": tr("funnel_page.column_base"),
        **{f"{name}_effect": tr(f"funnel_page.effect_{name}") for name in EFFECTS},
        "k": tr("funnel_page.column_now"),
    }
    lines = [
        (labels(kind, row.value), {name: float(getattr(row, name)) for name in columns})
        for row in frame.itertuples()
    ]
    lines.append((tr("column.sum"), {name: float(frame[name].sum()) for name in columns}))
    return pd.DataFrame(
        [
            {
                tr(f"dimension.{kind}"): name,
                **{
                    columns[c]: signed(v, fmt) if c.endswith("_effect") else fmt.points(v)
                    for c, v in figures.items()
                },
            }
            for name, figures in lines
        ]
    )
