"""Colours by meaning (Okabe-Ito), never the only carrier of it."""

from __future__ import annotations

ACTUAL = "#0072B2"
GOOD = "#009E73"
BAD = "#D55E00"
COMPARISON = "#8A8F98"
TARGET = "#767C86"
HIGHLIGHT = "#E69F00"
SOFT_BLUE = "rgba(0, 114, 178, 0.18)"
SOFT_GREY = "rgba(128, 128, 128, 0.16)"
GRID = "rgba(128, 128, 128, 0.22)"

# one colour a channel, in the same order on every page; grey where they run out
CATEGORIES = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
)
# light to dark blue, readable with black and white figures on it
SEQUENTIAL = ((0.0, "#EAF3FA"), (0.35, "#9CC9E6"), (0.7, "#3B8FC6"), (1.0, "#004C7A"))
TOO_SMALL_SCALE = ((0.0, "#D9DCE1"), (1.0, "#D9DCE1"))

FONT_SIZE = 14
