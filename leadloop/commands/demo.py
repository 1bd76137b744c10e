"""`leadloop demo`: the demo company from nothing to the dashboard."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from leadloop.commands import build as build_command
from leadloop.commands import dashboard as dashboard_command
from leadloop.commands import load as load_command
from leadloop.commands.agreement_options import agreement_options
from leadloop.errors import UsageError
from leadloop.publish.console import say
from leadloop.settings import Home

_MAPPING = "demo"
_TRUTH = "truth.json"


@click.command("demo")
@click.option(
    "--leads", type=click.IntRange(min=100), default=20_000, show_default=True, metavar="N"
)
@click.option("--seed", type=int, default=7, show_default=True)
@agreement_options
@click.option("--no-serve", is_flag=True, help="Stop when the version is published; serve nothing.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port of the dashboard [default: first free]."
)
@click.option(
    "--home",
    "home_path",
    type=click.Path(path_type=Path),
    help="Default: LEADLOOP_HOME, else data/.",
)
@click.pass_context
def command(
    ctx: click.Context,
    leads: int,
    seed: int,
    preset: str | None,
    agreement: Path | None,
    no_serve: bool,
    port: int | None,
    home_path: Path | None,
) -> None:
    """Make the demo company, load it, build it and serve the dashboard.

    The company is fictitious and comes from a seed: the same options give the same files. What is
    there already is not made again. Its data holds faults on purpose, so that the loader's
    warnings can be seen. docs/demo_company.md says what else it holds.
    """
    home = Home(home_path.resolve()) if home_path else Home.from_environment()
    _refuse_foreign(home)
    exports = home.root / "demo" / "exports"
    _make(exports, leads, seed)
    ctx.invoke(load_command.command, mapping_name=_MAPPING, directory=exports, home_path=home.root)
    ctx.invoke(build_command.command, preset=preset, agreement=agreement, home_path=home.root)
    if no_serve:
        click.echo(say("Next: leadloop dashboard", "次は leadloop dashboard です。"))
        return
    ctx.invoke(dashboard_command.command, home=home.root, port=port)


def _make(exports: Path, leads: int, seed: int) -> None:
    """Generates the exports unless the same ones lie there."""
    from leadloop.demo import AS_OF, generate

    if _is_there(exports, leads, seed, AS_OF):
        click.echo(
            say("The demo company's files are there.", "デモ会社のファイルはすでにあります。")
        )
        return
    click.echo(
        say(f"Making a company of {leads:,} leads ...", f"{leads:,} リードの会社を作っています…")
    )
    generate(exports, leads=leads, seed=seed)


def _is_there(exports: Path, leads: int, seed: int, as_of: datetime) -> bool:
    try:
        plan = json.loads((exports / _TRUTH).read_text("utf-8"))["plan"]
        made_for = datetime.fromisoformat(plan["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return (plan.get("leads"), plan.get("seed"), made_for) == (leads, seed, as_of)


def _refuse_foreign(home: Home) -> None:
    """A real company's data home is not for the demo.

    Raises:
        UsageError: the home holds a company that is not the demo.
    """
    if home.company_file.exists() and not home.company().is_demo:
        raise UsageError(
            f"the data home {home.root} holds another company's data",
            f"データの置き場 {home.root} には別の会社のデータが入っています",
            "give the demo a home of its own: leadloop demo --home DIR",
            "デモには別の置き場を指定してください: leadloop demo --home DIR",
        )
