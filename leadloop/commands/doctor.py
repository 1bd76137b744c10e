"""leadloop doctor."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from leadloop.errors import InputRejected
from leadloop.publish.console import say, table
from leadloop.publish.health import examine, next_step
from leadloop.settings import Home

_LEVELS = {"ok": ("ok", "正常"), "note": ("note", "参考"), "bad": ("bad", "要対応")}


@click.command()
@click.option(
    "--home",
    "home_path",
    type=click.Path(path_type=Path),
    help="Default: LEADLOOP_HOME, else data/.",
)
def command(home_path: Path | None) -> None:
    """Say what this machine and this data home lack.

    Python and packages, the data home, the lock, what is loaded and published, and the optional
    things (fonts, Chromium, Java). Changes nothing. Exit code 3 where something needed is missing.
    """
    home = Home(home_path.resolve()) if home_path else Home.from_environment()
    facts = examine(home)
    shown = table("", say("what", "項目"), say("state", "状態"))
    for fact in facts:
        shown.add_row(say(*_LEVELS[fact.level]), fact.name, say(fact.en, fact.ja))
    Console(highlight=False).print(shown)
    step_en, step_ja = next_step(home)
    bad = ", ".join(f.name for f in facts if f.level == "bad")
    if bad:
        raise InputRejected(f"needs attention: {bad}", f"要対応: {bad}", step_en, step_ja)
    click.echo(say(f"Next: {step_en}", f"次の一手: {step_ja}"))
