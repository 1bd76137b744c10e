"""Figures of the funnel page: step bars, trend, cohort table, comparison of segments.

Where a figure is given `mark`, that says what a mark of it stands for: a click hands it back.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui import theme
from dashboard.ui.figures.base import HOVER, categories, figure, rate_axis
from dashboard.ui.format import Formatter, missing
from dashboard.ui.labels import Labels
from dashboard.ui.rates import FEW_BELOW, Rate, interval, sentence
from dashboard.ui.text import plotly

CHAIN = (("lead", "mql"), ("mql", "sql"), ("sql", "opportunity"), ("opportunity", "won"))


def step_rows(steps: pd.DataFrame) -> dict[tuple[str, str], object]:
    """The steps of the window by their two stages."""
    return {(row.from_stage, row.to_stage): row for row in steps.itertuples()}


def rate_of(row: object) -> Rate:
    """The rate of a conversion row."""
    still_open = getattr(row, "open_count", None)
    return Rate.of(row.n, row.k, row.rate, row.ci_low, row.ci_high, still_open)  # type: ignore[attr-defined]


def step_bars(
    steps: pd.DataFrame,
    fmt: Formatter,
    labels: Labels,
    mark: Callable[[str, bool], str] | None = None,
) -> go.Figure:
    """Records in each stage on one baseline, and the rate of the next step.

    Args:
        mark: what the bar of a step stands for: those who begin it, or those who take it.
    """
    rows = step_rows(steps)
    stages, counts, texts, marks = [], [], [], []
    for (start, end), following in zip(CHAIN, (*CHAIN[1:], None), strict=True):
        row = rows.get((start, end))
        if row is None:
            continue
        rate = rate_of(row)
        stages.append(labels("stage", start))
        counts.append(rate.n)
        marks.append(mark(start, False) if mark else "")
        texts.append(f"<b>{fmt.count(rate.n)}</b>  {_next_step(rate, fmt)}")
        if following is None:
            stages.append(labels("stage", end))
            counts.append(rate.k)
            marks.append(mark(start, True) if mark else "")
            overall = rows.get(("lead", "won"))
            tail = "" if overall is None else fmt.tr("funnel.overall", rate=_short(overall, fmt))
            texts.append(f"<b>{fmt.count(rate.k)}</b>  {tail}")
    fig = figure(58 * len(stages) + 60, bottom=44)
    fig.add_bar(
        x=counts,
        y=[plotly(s) for s in stages],
        orientation="h",
        marker_color=theme.ACTUAL,
        text=texts,
        textposition="outside",
        cliponaxis=False,
        # `skip` would take the click away with the hover
        hoverinfo="none",
        customdata=marks,
        width=0.62,
    )
    categories(fig, autorange="reversed")
    # the text of the longest bar stands outside it
    fig.update_xaxes(
        range=[0, (max(counts, default=0) or 1) * 1.75],
        showgrid=False,
        showticklabels=False,
        title_text=fmt.tr("axis.records_in_stage"),
    )
    return fig


def _short(row: object, fmt: Formatter) -> str:
    rate = rate_of(row)
    return sentence(rate, fmt)


def _next_step(rate: Rate, fmt: Formatter) -> str:
    text = sentence(rate, fmt)
    return fmt.tr("funnel.next_step", rate=text)


def trend(
    frame: pd.DataFrame,
    fmt: Formatter,
    event_axis: str,
    mark: Callable[[object], str] | None = None,
    changes: pd.DataFrame | None = None,
) -> go.Figure:
    """Monthly rate with its interval; months that are not mature are dashed and shaded.

    Args:
        changes: days (valid_from_on) on which another version of the agreement came into force.
    """
    rows = list(frame.sort_values("period").itertuples())
    rates = [rate_of(r) for r in rows]
    x = [r.period for r in rows]
    y = [rate.shown for rate in rates]
    fig = figure(340, right=24, top=30, bottom=50)
    low = [rate.low if rate.shown is not None else None for rate in rates]
    high = [rate.high if rate.shown is not None else None for rate in rates]
    _ribbon(fig, x, low, high)
    hovers = [_trend_hover(r, rate, fmt) for r, rate in zip(rows, rates, strict=True)]
    split = next((i for i, r in enumerate(rows) if not r.is_mature), len(rows))
    for start, end, dash in ((0, split, "solid"), (max(split - 1, 0), len(rows), "dot")):
        if end - start < 1 or (dash == "dot" and split == len(rows)):
            continue
        symbols = ["circle" if rows[i].is_mature else "circle-open" for i in range(start, end)]
        fig.add_scatter(
            x=x[start:end],
            y=y[start:end],
            mode="lines+markers",
            line={"color": theme.ACTUAL, "width": 2.5, "dash": dash},
            marker={"size": 8, "symbol": symbols, "color": theme.ACTUAL},
            cliponaxis=False,
            hovertext=hovers[start:end],
            hovertemplate=HOVER,
            customdata=[mark(rows[i].period) if mark else "" for i in range(start, end)],
        )
    if changes is not None:
        _version_lines(fig, changes, x)
    targets = [None if missing(r.target) else float(r.target) for r in rows]  # type: ignore[arg-type]
    _target_line(fig, x, targets, fmt)
    if split < len(rows):
        left = x[split] - pd.Timedelta(days=15)
        fig.add_vrect(
            x0=left,
            x1=x[-1] + pd.Timedelta(days=15),
            fillcolor=theme.SOFT_GREY,
            line_width=0,
            annotation_text=fmt.tr("rate.immature"),
            annotation_position="top left",
        )
    shown = [v for v in (*y, *high, *targets) if v is not None]
    fig.update_yaxes(
        title_text=fmt.tr("axis.rate"), **rate_axis(max(shown, default=0.1), _whole(fmt))
    )
    step = 2 if len(x) > 12 else 1
    shown_x = x[::-1][::step][::-1]
    fig.update_xaxes(
        title_text=event_axis,
        tickmode="array",
        tickvals=shown_x,
        ticktext=[fmt.month_tick(v) for v in shown_x],
    )
    return fig


def _version_lines(fig: go.Figure, changes: pd.DataFrame, x: list) -> None:
    """A line where a version came into force, its name beside it."""
    for row in changes.itertuples():
        day = pd.Timestamp(row.valid_from_on)
        # the first version changed nothing; a month's point stands on its first day
        if not x or not x[0] < day <= x[-1] + pd.Timedelta(days=31):
            continue
        fig.add_vline(x=day, line={"color": theme.HIGHLIGHT, "width": 2, "dash": "dot"})
        fig.add_annotation(
            x=day,
            y=1,
            yref="paper",
            text=plotly(row.version, 12),
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            xshift=-4,
        )


def _whole(fmt: Formatter):
    return lambda v: fmt.percent(v, 0 if abs(v * 100 - round(v * 100)) < 1e-6 else 1)


def _ribbon(fig: go.Figure, x: list, low: list, high: list) -> None:
    # one closed band for each unbroken run of months, so a gap stays a gap
    run: list[int] = []
    for i in range(len(x) + 1):
        if i < len(x) and low[i] is not None and high[i] is not None:
            run.append(i)
            continue
        if len(run) > 1:
            there = [x[j] for j in run]
            fig.add_scatter(
                x=there + there[::-1],
                y=[high[j] for j in run] + [low[j] for j in run][::-1],
                fill="toself",
                fillcolor=theme.SOFT_BLUE,
                line={"width": 0},
                mode="lines",
                hoverinfo="skip",
                name="interval",
            )
        run = []


def _target_line(fig: go.Figure, x: list, targets: list, fmt: Formatter) -> None:
    known = [t for t in targets if t is not None]
    if not known:
        return
    fig.add_scatter(
        x=x,
        y=targets,
        mode="lines",
        line={"color": theme.TARGET, "width": 2, "dash": "dash", "shape": "hvh"},
        hoverinfo="skip",
        name="target",
    )
    first = next(i for i, t in enumerate(targets) if t is not None)
    fig.add_annotation(
        x=x[first],
        y=known[0],
        text=fmt.tr("chart.target", value=fmt.percent(known[0])),
        showarrow=False,
        yshift=11,
        xanchor="left",
    )


def _trend_hover(row: object, rate: Rate, fmt: Formatter) -> str:
    text = f"{fmt.month(row.period)}<br>{sentence(rate, fmt)}"  # type: ignore[attr-defined]
    return text if row.is_mature else f"{text}<br>{fmt.tr('rate.immature')}"  # type: ignore[attr-defined]


def cohort_heatmap(
    frame: pd.DataFrame, fmt: Formatter, mark: Callable[[object, int], str] | None = None
) -> go.Figure:
    """Cohorts by month, rates by age: grey below ten records, empty where not reached."""
    ages = sorted(int(a) for a in frame["age_days"].unique())
    sizes = frame.groupby("period")["n"].max().sort_index(ascending=False)
    rows = {(r.period, int(r.age_days)): r for r in frame.itertuples()}
    names = [f"{fmt.month_tick(p)}  n={int(n):,}" for p, n in sizes.items()]
    x = [fmt.tr("cohort.age", days=a) for a in ages]
    values, texts, hovers, small, small_texts = [], [], [], [], []
    for period in sizes.index:
        line: list[tuple] = [_cohort_cell(rows.get((period, age)), fmt) for age in ages]
        values.append([c[0] for c in line])
        texts.append([c[1] for c in line])
        hovers.append([c[3] for c in line])
        small.append([0.0 if c[2] else None for c in line])
        small_texts.append([c[2] for c in line])
    fig = figure(34 * len(names) + 76, top=30)
    common = {"x": x, "y": names, "xgap": 2, "ygap": 2, "showscale": False, "hovertemplate": HOVER}
    fig.add_heatmap(
        z=small,
        text=small_texts,
        texttemplate="%{text}",
        textfont={"color": "#3C4149"},
        colorscale=theme.TOO_SMALL_SCALE,
        hovertext=hovers,
        hoverongaps=False,
        **common,
    )
    fig.add_heatmap(
        z=values,
        text=texts,
        texttemplate="%{text}",
        colorscale=theme.SEQUENTIAL,
        zmin=0,
        hovertext=hovers,
        hoverongaps=False,
        **common,
    )
    if mark is not None:
        _clickable_cells(fig, frame, dict(zip(sizes.index, names, strict=True)), fmt, mark)
    fig.update_xaxes(
        side="top", title_text=fmt.tr("axis.cohort_age"), showgrid=False, type="category"
    )
    fig.update_yaxes(autorange="reversed", showgrid=False, type="category")
    return fig


def _clickable_cells(
    fig: go.Figure,
    frame: pd.DataFrame,
    names: dict,
    fmt: Formatter,
    mark: Callable[[object, int], str],
) -> None:
    """A mark one cannot see on every cell with figures: Plotly lets nobody choose a cell itself."""
    cells = [(row, _cohort_cell(row, fmt)) for row in frame.itertuples()]
    there = [(row, cell[3]) for row, cell in cells if cell[3]]
    fig.add_scatter(
        x=[fmt.tr("cohort.age", days=int(row.age_days)) for row, _ in there],
        y=[names[row.period] for row, _ in there],
        mode="markers",
        marker={"size": 26, "symbol": "square", "opacity": 0, "color": theme.HIGHLIGHT},
        selected={"marker": {"opacity": 0.5}},
        unselected={"marker": {"opacity": 0}},
        hovertext=[hover for _, hover in there],
        hovertemplate=HOVER,
        customdata=[mark(row.period, int(row.age_days)) for row, _ in there],
    )


def _cohort_cell(row: object, fmt: Formatter) -> tuple[float | None, str, str, str]:
    """Rate, its text, the text where n is too small, and the hover."""
    if row is None or not row.is_observed or missing(row.n) or row.n == 0:  # type: ignore[attr-defined]
        return None, "", "", ""
    rate = rate_of(row)
    hover = f"{fmt.month(row.period)}<br>{sentence(rate, fmt)}"  # type: ignore[attr-defined]
    if rate.shown is None:
        return None, "", f"{rate.k}/{rate.n}", hover
    return rate.shown, fmt.percent(rate.shown), "", hover


def hidden(frame: pd.DataFrame) -> int:
    """How many rows are too small to be drawn as a rate."""
    return sum(rate_of(row).shown is None for row in frame.itertuples())


def forest(
    frame: pd.DataFrame,
    kind: str,
    line: tuple[float, str] | None,
    fmt: Formatter,
    labels: Labels,
    mark: Callable[[str], str] | None = None,
) -> go.Figure:
    """Rates with intervals, the surest on top; those of too few records only in the table.

    Args:
        line: a rate to hold the others against, and its text.
    """
    rows = [r for r in frame.itertuples() if rate_of(r).shown is not None][:15][::-1]
    rates = [rate_of(r) for r in rows]
    names = [plotly(labels(kind, r.value)) for r in rows]
    y = [rate.shown or 0.0 for rate in rates]
    fig = figure(max(150, 36 * len(rows) + 76), right=110, top=24, bottom=46)
    fig.add_scatter(
        x=y,
        y=names,
        mode="markers",
        marker={
            "size": 11,
            "color": [theme.COMPARISON if r.n < FEW_BELOW else theme.ACTUAL for r in rates],
            "symbol": ["circle" if row.is_mature else "circle-open" for row in rows],
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [
                (r.high if r.high is not None else v) - v for r, v in zip(rates, y, strict=True)
            ],
            "arrayminus": [
                v - (r.low if r.low is not None else v) for r, v in zip(rates, y, strict=True)
            ],
            "color": theme.COMPARISON,
            "thickness": 1.6,
        },
        hovertext=[
            f"{name}<br>{sentence(rate, fmt)}" for name, rate in zip(names, rates, strict=True)
        ],
        hovertemplate=HOVER,
        customdata=[mark(str(r.value)) if mark else "" for r in rows],
    )
    for name, rate in zip(names, rates, strict=True):
        fig.add_annotation(
            x=1.01,
            xref="paper",
            y=name,
            text=f"{fmt.percent(rate.shown)} ({rate.k:,}/{rate.n:,})",
            showarrow=False,
            xanchor="left",
        )
    if line is not None:
        fig.add_vline(
            x=line[0],
            line={"color": theme.TARGET, "width": 2, "dash": "dash"},
            annotation_text=line[1],
            annotation_position="top",
        )
    top = max([*(r.high or 0 for r in rates), *y, line[0] if line else 0, 0.02])
    fig.update_xaxes(title_text=fmt.tr("axis.rate_interval"), **rate_axis(top, _whole(fmt)))
    categories(fig, categoryorder="array", categoryarray=names)
    return fig


def trend_table(frame: pd.DataFrame, fmt: Formatter) -> pd.DataFrame:
    """The months of a trend as text."""
    tr = fmt.tr
    return pd.DataFrame(
        [
            {
                tr("column.month"): fmt.month(r.period),
                tr("column.rate"): sentence(rate_of(r), fmt),
                tr("column.interval"): interval(rate_of(r), fmt),
                tr("column.target"): fmt.percent(r.target),
                tr("column.mature"): tr("rate.mature" if r.is_mature else "rate.immature"),
            }
            for r in frame.sort_values("period", ascending=False).itertuples()
        ]
    )


def overall_line(
    steps: pd.DataFrame, start: str, end: str, fmt: Formatter
) -> tuple[float, str] | None:
    """The rate of one step over everybody and its text, where there are enough records."""
    row = step_rows(steps).get((start, end))
    rate = None if row is None else rate_of(row).shown
    return None if rate is None else (rate, fmt.tr("chart.overall", value=fmt.percent(rate)))
