"""Meeting home: are we on plan, and where is the gap?"""

from __future__ import annotations

import streamlit as st

from dashboard.ui import charts, fields, filters, frame, notes, sentences, states, tiles
from dashboard.ui.context import Context, current
from dashboard.ui.figures import funnel, kpi
from dashboard.ui.rates import FEWER_IS_BETTER

TILES = (
    "leads",
    "mqls",
    "sqls",
    "won",
    "mql_rate",
    "sql_rate",
    "win_rate_cohort",
    "won_amount",
)


def _tiles(ctx: Context, window: str, segment: filters.Segment) -> None:
    rows = ctx.store.ask("kpi_window", window=window, **segment.parameters)
    series = ctx.store.ask("kpi_series", **segment.parameters)
    by_metric = {str(row.metric): row for row in rows.itertuples()}
    present = [name for name in TILES if name in by_metric]
    if not present:
        states.no_rows(ctx.tr)
        return
    for start in range(0, len(present), 4):
        places = st.columns(4)
        for place, name in zip(places, present[start : start + 4], strict=False):
            with place:
                tiles.tile(ctx, by_metric[name], series[series["metric"] == name])
    with st.expander(ctx.tr("chart.table")):
        charts.twin(tiles.table(rows, ctx.fmt), ctx.tr("home.table_alt"), key="kpi_table")
        charts.twin(
            tiles.series_table(series, present, ctx.fmt),
            ctx.tr("home.series_alt"),
            key="kpi_series_table",
        )


def _target(ctx: Context, window: str, metric: str) -> float | None:
    """The target agreed for everybody."""
    rows = ctx.store.ask("kpi_window", window=window, dimension="all", value="all")
    known = rows[(rows["metric"] == metric) & rows["target"].notna()]["target"]
    return None if known.empty else float(known.iloc[0])


def _gap(ctx: Context, window: str) -> None:
    st.subheader(ctx.tr("home.gap_title"), anchor=False)
    left, _ = st.columns([1, 2])
    with left:
        metric = filters.choose(
            fields.METRIC, ctx.tr("filter.metric"), fields.GAP_METRICS, ctx.tr.metric
        )
    rows = ctx.store.ask("kpi_by_dimension", window=window, metric=metric, dimension="channel")
    if rows.empty:
        states.no_rows(ctx.tr)
        return
    unit = str(rows["unit"].iloc[0])
    has_gap = not kpi.gap_rows(rows).empty
    if has_gap:
        st.caption(ctx.tr("home.gap_help"))
        fewer = metric in FEWER_IS_BETTER
        fig = kpi.gap_bars(rows, "channel", unit, ctx.fmt, ctx.labels, fewer)
    elif unit == "rate":
        st.caption(ctx.tr("home.no_target_help"))
        too_small = funnel.hidden(kpi.as_rates(rows))
        if too_small:
            st.caption(ctx.tr("funnel.hidden_values", n=too_small))
        fig = kpi.actual_dots(rows, "channel", _target(ctx, window, metric), ctx.fmt, ctx.labels)
    else:
        st.caption(ctx.tr("home.no_target_help"))
        fig = kpi.actual_bars(rows, "channel", unit, ctx.fmt, ctx.labels)
    alt = ctx.tr("home.gap_alt", metric=ctx.tr.metric(metric))
    table = kpi.gap_table(rows, "channel", ctx.fmt, ctx.labels)
    charts.show(fig, alt, table, key="gap", tr=ctx.tr)


def main() -> None:
    """One run of the page."""
    ctx = current()
    head = frame.open_page(ctx)
    if int(ctx.store.ask("lead_count")["leads"].iloc[0]) == 0:
        states.no_leads(ctx.tr)
    left, right = st.columns([1, 2])
    with left:
        window = filters.window(ctx)
    with right:
        segment = filters.segment(ctx)
    head.say(sentences.home(ctx, window, segment))
    _tiles(ctx, window, segment)
    _gap(ctx, window)
    notes.show(ctx)


main()
