"""The table twins of the page on returned leads."""

from __future__ import annotations

import pandas as pd

from dashboard.ui.figures import returns
from dashboard.ui.figures.funnel import rate_of
from dashboard.ui.format import MISSING, Formatter, missing
from dashboard.ui.labels import Labels
from dashboard.ui.rates import Rate, is_difference_real, sentence


def _change(row: object, fmt: Formatter) -> str:
    """How a share moved against the window before, and whether that is more than noise."""
    if missing(row.previous_share) or missing(row.share):  # type: ignore[attr-defined]
        return MISSING
    points = fmt.percentage_points(float(row.share) - float(row.previous_share))  # type: ignore[attr-defined]
    real = is_difference_real(row.diff_low, row.diff_high)  # type: ignore[attr-defined]
    return points if real else fmt.tr("returns.noise", change=points)


def reasons(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """Every reason with its share in both windows."""
    tr = fmt.tr
    return pd.DataFrame(
        [
            {
                tr("column.return_reason"): labels("return_reason", row.return_reason),
                tr("returns.this_period"): sentence(returns.share_of(row), fmt),
                tr("returns.cumulative"): fmt.percent(row.cumulative_share),
                tr("returns.previous_period"): MISSING
                if missing(row.previous_k)
                else fmt.tr(
                    "rate.fraction", k=f"{int(row.previous_k):,}", n=f"{int(row.previous_n):,}"
                ),
                tr("returns.change"): _change(row, fmt),
            }
            for row in frame.itertuples()
        ]
    )


def traits(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """Every trait that was asked, also those that are none."""
    tr = fmt.tr
    return pd.DataFrame(
        [
            {
                tr("column.trait"): returns.trait_name(row, fmt, labels),
                tr("column.rate"): sentence(rate_of(row), fmt),
                tr("column.lift"): MISSING if missing(row.lift) else f"{float(row.lift):.2f}",
                tr("column.q_value"): MISSING
                if missing(row.q_value)
                else f"{float(row.q_value):.3f}",
                tr("column.is_trait"): tr(
                    "returns.is_trait" if row.is_trait else "returns.no_trait"
                ),
            }
            for row in frame.itertuples()
        ]
    )


def flows(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """What became of the returned leads, reason by reason."""
    tr = fmt.tr
    cut = frame[(frame["follow_up"] == "all") & (frame["return_reason"] != "all")]
    whole = frame[(frame["follow_up"] == "all") & (frame["reason_group"] == "all")]
    return pd.DataFrame(
        [
            {
                tr("column.return_reason"): tr("returns.all_reasons")
                if row.return_reason == "all"
                else labels("return_reason", row.return_reason),
                tr("column.returned"): fmt.count(row.returned_count, unit=False),
                tr("returns.node.nurturing"): fmt.count(row.nurturing_count, unit=False),
                tr("returns.node.excluded"): fmt.count(row.excluded_count, unit=False),
                tr("returns.standing.cooling_down"): fmt.count(row.cooling_down_count, unit=False),
                tr("returns.node.mql"): sentence(
                    Rate.of(row.mql_n, row.mql_k, row.mql_rate, row.mql_ci_low, row.mql_ci_high),
                    fmt,
                ),
                tr("returns.too_soon"): fmt.count(row.too_soon_count, unit=False),
                tr("returns.node.sql"): fmt.count(row.sql_k, unit=False),
                tr("returns.node.won"): sentence(
                    Rate.of(row.won_n, row.won_k, row.won_rate, row.won_ci_low, row.won_ci_high),
                    fmt,
                ),
            }
            for row in pd.concat([whole, cut]).itertuples()
        ]
    )


def cells(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """Reasons by channel as text."""
    lines = []
    for channel, part in frame.groupby("channel", sort=False):
        line = {fmt.tr("column.channel"): labels("channel", channel)}
        for row in part.sort_values("k", ascending=False).itertuples():
            line[labels("return_reason", row.return_reason)] = sentence(returns.share_of(row), fmt)
        lines.append(line)
    return pd.DataFrame(lines).fillna("")


def revivals(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """What revived leads did before they qualified again."""
    tr = fmt.tr
    return pd.DataFrame(
        [
            {
                tr("column.event"): labels("activity_type", row.activity_type),
                tr("column.rate"): sentence(rate_of(row), fmt),
            }
            for row in frame.itertuples()
        ]
    )
