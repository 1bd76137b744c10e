"""The evidence of the page on ROI: its findings as sheets and slides, figures unformatted."""

from __future__ import annotations

import pandas as pd

from dashboard.ui import evidence
from dashboard.ui.context import Context
from dashboard.ui.evidence import Chart, Section, Series
from dashboard.ui.figures.roi_decisions import content_name
from dashboard.ui.format import missing

_CHANNEL_COLUMNS = (
    "cost", "revenue", "gross_profit", "roi", "leads", "mqls", "sqls", "opportunities", "won",
    "cost_per_lead", "cost_per_mql", "cost_per_sql", "cost_per_opportunity", "cac",
)  # fmt: skip


def _number(value: object) -> float | None:
    return None if missing(value) else float(value)  # type: ignore[arg-type]


def _numbers(values: pd.Series) -> tuple[float | None, ...]:
    return tuple(_number(v) for v in values)


def channels(ctx: Context, rows: pd.DataFrame, headline: str) -> Section:
    """Every channel with cost, profit and counts; a cost nobody registered says so."""
    tr = ctx.tr
    names = [ctx.labels("channel", c) for c in rows["channel"]]
    table = pd.DataFrame({tr("column.channel"): names})
    for column in _CHANNEL_COLUMNS:
        table[tr(f"column.{column}")] = rows[column].to_list()
    table[tr("column.cost")] = [tr("roi.no_cost") if missing(v) else float(v) for v in rows["cost"]]
    chart = Chart(
        "bar",
        tuple(names),
        (
            Series(tr("column.cost"), _numbers(rows["cost"])),
            Series(tr("column.gross_profit"), _numbers(rows["gross_profit"])),
        ),
        unit="#,##0",
    )
    return Section(tr("roi.table_title"), headline, table, chart)


def agreement(ctx: Context, rows: pd.DataFrame) -> Section:
    """What all models say of each channel."""
    tr = ctx.tr
    names = [ctx.labels("channel", c) for c in rows["channel"]]
    table = pd.DataFrame(
        {
            tr("column.channel"): names,
            tr("roi_decision.verdict_title"): [
                tr(f"roi_decision.verdict.{v}") for v in rows["verdict"]
            ],
            tr("roi_decision.roi_low"): rows["roi_low"].to_list(),
            tr("roi_decision.roi_high"): rows["roi_high"].to_list(),
            tr("roi_decision.rank_high"): rows["rank_high"].to_list(),
            tr("roi_decision.rank_low"): rows["rank_low"].to_list(),
        }
    )
    chart = Chart(
        "bar",
        tuple(names),
        (
            Series(tr("roi_decision.roi_low"), _numbers(rows["roi_low"])),
            Series(tr("roi_decision.roi_high"), _numbers(rows["roi_high"])),
        ),
        unit="0.0",
    )
    return Section(
        tr("roi_decision.agreement_title"), tr("roi_decision.agreement_help"), table, chart
    )


def moves(ctx: Context, rows: pd.DataFrame, title: str) -> Section:
    """Moves that gain under every model."""
    tr = ctx.tr
    table = pd.DataFrame(
        {
            tr("roi_decision.from"): [ctx.labels("channel", c) for c in rows["from_channel"]],
            tr("roi_decision.to"): [ctx.labels("channel", c) for c in rows["to_channel"]],
            tr("roi_decision.change"): rows["change_amount"].to_list(),
            tr("roi_decision.change_low"): rows["change_low_amount"].to_list(),
            tr("roi_decision.change_high"): rows["change_high_amount"].to_list(),
        }
    )
    return Section(title, tr("roi_decision.moves_help"), table)


def contents(ctx: Context, rows: pd.DataFrame, title: str) -> Section:
    """Contents with what came after them."""
    tr = ctx.tr
    names = [content_name(r) for r in rows.itertuples()]
    table = pd.DataFrame(
        {
            tr("column.content"): names,
            "n": rows["n"].to_list(),
            "k": rows["k"].to_list(),
            tr("roi_decision.rate"): rows["rate"].to_list(),
            tr("roi_decision.ci_low"): rows["ci_low"].to_list(),
            tr("roi_decision.ci_high"): rows["ci_high"].to_list(),
            tr("roi_decision.base_rate"): rows["base_rate"].to_list(),
            tr("roi_decision.verdict_title"): [
                tr(f"roi_decision.content.{v}") for v in rows["verdict"]
            ],
        }
    )
    series = (Series(tr("roi_decision.rate"), _numbers(rows["rate"])),)
    chart = Chart("bar", tuple(names), series, unit="0%")
    return Section(title, tr("roi_decision.contents_help"), table, chart)


def ages(ctx: Context, rows: pd.DataFrame) -> Section:
    """ROI of campaigns by age."""
    tr = ctx.tr
    last = int(rows["age_months"].max())
    series = []
    for (_, campaign), own in rows.groupby(["channel", "campaign"], sort=False):
        found = {int(r.age_months): _number(r.roi) for r in own.itertuples()}
        series.append(Series(str(campaign), tuple(found.get(age) for age in range(last + 1))))
    table = pd.DataFrame(
        {
            tr("roi_decision.campaign"): rows["campaign"].to_list(),
            tr("roi_decision.axis_age"): rows["age_months"].to_list(),
            tr("column.cost"): rows["cost"].to_list(),
            tr("column.gross_profit"): rows["gross_profit"].to_list(),
            tr("column.roi"): rows["roi"].to_list(),
        }
    )
    chart = Chart("line", tuple(str(a) for a in range(last + 1)), tuple(series), unit="0.0")
    return Section(tr("roi_decision.ages_title"), tr("roi_decision.ages_help"), table, chart)


def pack(
    ctx: Context,
    headline: str,
    filters: list[tuple[str, str]],
    sections: list[Section],
) -> evidence.Pack:
    """The whole file, with the conditions of the page."""
    tr = ctx.tr
    return evidence.Pack(
        title=tr("page.channel_roi.title"),
        headline=headline,
        conditions=evidence.conditions(ctx, filters),
        sections=tuple(sections),
        definitions=(
            (tr("column.roi"), tr("evidence.define_roi")),
            (tr("roi_decision.interval"), tr("evidence.define_interval")),
            (tr("roi_decision.contents_title"), tr("roi_decision.contents_help")),
        ),
        words=(tr("evidence.conditions"), tr("evidence.definitions"), tr("evidence.data")),
    )
