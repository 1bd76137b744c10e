"""Starts the dashboard's server: `python -m dashboard.serve [options of streamlit run]`."""

from __future__ import annotations

import sys
from pathlib import Path

MAIN = Path(__file__).resolve().parent / "asgi.py"


def main(arguments: list[str]) -> None:
    """Serve until the process is ended."""
    from streamlit.web import cli

    cli.main(["run", str(MAIN), *arguments], prog_name="streamlit")


if __name__ == "__main__":
    main(sys.argv[1:])
