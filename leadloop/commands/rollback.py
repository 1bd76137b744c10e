"""leadloop rollback."""

from __future__ import annotations

from pathlib import Path

import click

from leadloop.publish.console import say
from leadloop.publish.rollback import rollback
from leadloop.settings import Home


@click.command()
@click.argument("run_id", required=False)
@click.option("--reason", default="", help="Why; kept in publish.log.jsonl.")
@click.option(
    "--home",
    "home_path",
    type=click.Path(path_type=Path),
    help="Default: LEADLOOP_HOME, else data/.",
)
def command(run_id: str | None, reason: str, home_path: Path | None) -> None:
    """Make an earlier version the current one.

    Without RUN_ID it goes to the version before the current one. The version is verified before
    the pointer moves; open dashboards follow at their next click. `leadloop verify` lists versions.
    """
    home = Home(home_path.resolve()) if home_path else Home.from_environment()
    version = rollback(home, run_id, reason)
    as_of = f"{version.manifest.as_of:%Y-%m-%d %H:%M}Z"
    click.echo(
        say(
            f"The current version is now {version.run_id}, as of {as_of}.",
            f"現在の版を {version.run_id} にしました(基準日時 {as_of})。",
        )
    )
