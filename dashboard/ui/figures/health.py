"""The strip of the last builds: a bar a build, its length the time, its mark how it ended."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.data.builds import AMBER, OK, REJECTED, ROLLBACK, Build
from dashboard.ui import theme
from dashboard.ui.figures.base import HOVER, figure, nice_ticks, ticks
from dashboard.ui.format import Formatter, missing

MARKS = {OK: "✓", AMBER: "!", REJECTED: "▼", ROLLBACK: "↩"}
_COLOURS = {
    OK: theme.GOOD,
    AMBER: theme.HIGHLIGHT,
    REJECTED: theme.BAD,
    ROLLBACK: theme.COMPARISON,
}


def strip(made: Sequence[Build], fmt: Formatter) -> go.Figure:
    """Builds from left to right; one whose time nobody kept is a mark on the line."""
    tr = fmt.tr
    fig = figure(220, left=10, top=24, bottom=10)
    seconds = [0.0 if missing(b.seconds) else float(b.seconds or 0) for b in made]
    fig.add_bar(
        x=list(range(len(made))),
        y=seconds,
        marker={"color": [_COLOURS[b.state] for b in made]},
        text=[MARKS[b.state] for b in made],
        textposition="outside",
        cliponaxis=False,
        hovertext=[hover(build, fmt) for build in made],
        hovertemplate=HOVER,
        width=0.7,
    )
    positions = _few(len(made))
    fig.update_xaxes(
        range=[-0.6, max(len(made), 10) - 0.4],
        showgrid=False,
        tickmode="array",
        tickvals=positions,
        ticktext=[f"{fmt.local(made[i].at):%m/%d %H:%M}" for i in positions],
    )
    top = max([*seconds, 1.0]) * 1.25
    fig.update_yaxes(
        title_text=tr("health.seconds"),
        range=[0, top],
        **ticks(nice_ticks(0, top, 3), lambda value: f"{value:,.0f}"),
    )
    return fig


def hover(build: Build, fmt: Formatter) -> str:
    """All that is known of a build, in words."""
    tr = fmt.tr
    lines = [build.run_id, tr(f"health.build_{build.state}")]
    if not missing(build.seconds):
        lines.append(tr("health.took", seconds=fmt.count(build.seconds, unit=False)))
    if not missing(build.tests_passed):
        lines.append(
            tr(
                "health.tested",
                passed=fmt.count(build.tests_passed, unit=False),
                warned=fmt.count(build.tests_warned or 0, unit=False),
            )
        )
    return "<br>".join(lines)


def _few(count: int, most: int = 6) -> list[int]:
    """Positions of at most `most` ticks, the last build among them."""
    step = max(1, -(-count // most))
    return list(range((count - 1) % step, count, step))
