"""Reads what a page rendered: texts, and the figures inside a chart."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest


def texts(app: AppTest) -> str:
    """Every text of the page that goes through a renderer, joined."""
    parts: list[str] = []
    for kind in ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error"):
        parts += [str(element.value) for element in getattr(app, kind)]
    return "\n".join(parts)


def address(app: AppTest, key: str) -> str | None:
    """What the address of the page holds under a key."""
    held = app.query_params.get(key)
    return held[0] if isinstance(held, list) else held


def sentence(app: AppTest) -> str:
    """The one sentence on top of the page."""
    return next(str(m.value) for m in app.markdown if str(m.value).startswith("#####"))


def charts(app: AppTest) -> list[dict[str, Any]]:
    """Every figure of the page, in order, with its alternative text under `alt`."""
    found = []
    for element in app.get("plotly_chart"):
        figure = json.loads(element.proto.spec)
        figure["alt"] = element.proto.alt
        found.append(figure)
    return found


def chart(app: AppTest, word: str) -> dict[str, Any]:
    """The figure whose alternative text contains `word`."""
    return next(c for c in charts(app) if word in c["alt"])


def values(data: Any) -> list[Any]:
    """The numbers of a trace, whether written out or packed."""
    if isinstance(data, dict):
        packed = np.frombuffer(base64.b64decode(data["bdata"]), dtype=data["dtype"])
        if "shape" in data:
            packed = packed.reshape([int(n) for n in data["shape"].split(",")])
        return packed.tolist()
    return list(data)
