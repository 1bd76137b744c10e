"""Starts Streamlit on the dashboard, and makes the first reader wait less.

`python -m dashboard.serve [options of streamlit run]`. Streamlit imports a page when the first
session asks for it; Plotly alone then takes more than a second. A thread does that, and the check
of the published file, while the server comes up.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from pathlib import Path

MAIN = Path(__file__).resolve().parent / "main.py"


def warm_up() -> None:
    """Import and use once what the first page needs; nothing here may fail the server."""
    from dashboard.ui.figures import funnel, kpi, lead, roi  # noqa: F401
    from dashboard.ui.figures.base import figure
    from leadloop.publish.versions import NothingPublished, connect, resolve
    from leadloop.settings import Home

    drawing = figure(100)
    drawing.add_scatter(x=[0], y=[0])
    drawing.add_bar(x=[0], y=[0])
    drawing.to_json()
    with contextlib.suppress(NothingPublished):
        connect(resolve(Home.from_environment())).close()


def main(arguments: list[str]) -> None:
    """Serve until the process is ended."""
    from streamlit.web import cli

    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    cli.main(["run", str(MAIN), *arguments], prog_name="streamlit")


if __name__ == "__main__":
    main(sys.argv[1:])
