"""What all figures share: margins, quiet axes, no Plotly number formats."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from dashboard.ui import theme

HOVER = "%{hovertext}<extra></extra>"


def _axis() -> dict[str, object]:
    size = {"size": theme.FONT_SIZE}
    return {
        "gridcolor": theme.GRID,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "title": {"font": size, "standoff": 16},
        "tickfont": size,
    }


def figure(
    height: int, *, left: int = 10, right: int = 10, top: int = 10, bottom: int = 10
) -> go.Figure:
    """An empty figure in the house style."""
    # one layout at once: each later update costs Plotly some ten milliseconds
    return go.Figure(
        layout={
            "height": height,
            "margin": {"l": left, "r": right, "t": top, "b": bottom},
            "showlegend": False,
            "hovermode": "closest",
            "font": {"size": theme.FONT_SIZE},
            "dragmode": False,
            "xaxis": _axis(),
            "yaxis": _axis(),
        }
    )


def categories(fig: go.Figure, **options: object) -> None:
    """A vertical axis of names: no grid line runs through the texts beside the bars."""
    fig.update_yaxes(type="category", showgrid=False, **options)


def nice_ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Round tick positions between two figures."""
    span = high - low
    if not math.isfinite(span) or span <= 0:
        return [low]
    raw = span / count
    power = 10 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw)
    first = math.ceil(low / step) * step
    return [first + i * step for i in range(int((high - first) / step + 1e-9) + 1)]


def ticks(values: Sequence[float], write: Callable[[float], str]) -> dict[str, object]:
    """Axis ticks with texts of ours, in the language of the page."""
    return {"tickmode": "array", "tickvals": list(values), "ticktext": [write(v) for v in values]}


def rate_axis(highest: float, write: Callable[[float], str]) -> dict[str, object]:
    """A percentage axis from zero to a little above the highest rate."""
    top = min(1.0, max(0.02, highest * 1.12))
    return {"range": [0, top], **ticks(nice_ticks(0, top), write)}


def log_ticks(low: float, high: float) -> list[float]:
    """1-2-5 positions for a logarithmic axis."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = [m * 10.0**p for p in powers for m in (1, 2, 5)]
    return [v for v in steps if low <= v <= high]
