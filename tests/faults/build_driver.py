"""Runs one build of the mini project as a process that can be killed: build_driver.py HOME KIND."""

from __future__ import annotations

import sys
from pathlib import Path

from publish_kit import INSTANT, MINI

from leadloop.errors import LeadloopError
from leadloop.publish.build import Options, Silent, build
from leadloop.settings import Home


class _Speaking(Silent):
    def node(self, done: int, total: int, name: str) -> None:
        print(f"NODE {done}/{total} {name}", file=sys.stderr, flush=True)


def main() -> None:
    """Build by force; the exit code is the one that the command line would give."""
    home, project = Home(Path(sys.argv[1])), {"instant": INSTANT, "dbt": MINI}[sys.argv[2]]
    try:
        print(build(home, Options(force=True), project, _Speaking()).run_id)
    except LeadloopError as error:
        print(error.render("en"), file=sys.stderr)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
