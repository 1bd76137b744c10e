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
@click.option(
    "--tools",
    "tools_text",
    metavar="T,T",
    help="Write the company as exports of these tools (hubspot, salesforce, bownow) instead of "
    "files of its own; what none of them can carry stays in canonical files.",
)
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
    tools_text: str | None,
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
    tools = _tools(tools_text)
    exports = home.root / "demo" / "exports"
    _refuse_other_form(home, exports, tools)
    _make(exports, leads, seed, tools)
    _load(ctx, home, exports, tools)
    ctx.invoke(build_command.command, preset=preset, agreement=agreement, home_path=home.root)
    if no_serve:
        click.echo(say("Next: leadloop dashboard", "次は leadloop dashboard です。"))
        return
    ctx.invoke(dashboard_command.command, home=home.root, port=port)


def _tools(text: str | None) -> tuple[str, ...]:
    """The tools that the company is written as; none is its own form."""
    if text is None:
        return ()
    from leadloop.demo.forms import parse_tools

    return parse_tools(text)


def _load(ctx: click.Context, home: Home, exports: Path, tools: tuple[str, ...]) -> None:
    """Loads the exports by the mappings that everybody has."""
    if not tools:
        ctx.invoke(
            load_command.command, mapping_name=_MAPPING, directory=exports, home_path=home.root
        )
        return
    from leadloop.demo import demo_company
    from leadloop.demo.forms import folders

    if not home.company_file.exists():
        home.root.mkdir(parents=True, exist_ok=True)
        text = demo_company().model_dump_json(indent=1)
        home.company_file.write_text(text + "\n", "utf-8")
    for name in folders(tools):
        # a demo of another size replaces the last one, also where a tool's loads add up
        ctx.invoke(
            load_command.command,
            mapping_name=name,
            directory=exports / name,
            mode="snapshot",
            accept_volume=True,
            home_path=home.root,
        )


def _make(exports: Path, leads: int, seed: int, tools: tuple[str, ...]) -> None:
    """Generates the exports unless the same ones lie there."""
    from leadloop.demo import AS_OF, generate
    from leadloop.demo.forms import generate_tools

    if _is_there(exports, leads, seed, AS_OF):
        click.echo(
            say("The demo company's files are there.", "デモ会社のファイルはすでにあります。")
        )
        return
    click.echo(
        say(f"Making a company of {leads:,} leads ...", f"{leads:,} リードの会社を作っています…")
    )
    if tools:
        generate_tools(exports, tools, leads=leads, seed=seed)
    else:
        generate(exports, leads=leads, seed=seed)


def _is_there(exports: Path, leads: int, seed: int, as_of: datetime) -> bool:
    try:
        plan = json.loads((exports / _TRUTH).read_text("utf-8"))["plan"]
        made_for = datetime.fromisoformat(plan["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return (plan.get("leads"), plan.get("seed"), made_for) == (leads, seed, as_of)


def _refuse_other_form(home: Home, exports: Path, tools: tuple[str, ...]) -> None:
    """Two forms of the demo in one home would be the same company twice.

    Raises:
        UsageError: the home holds the demo in the form of other tools.
    """
    try:
        made = json.loads((exports / _TRUTH).read_text("utf-8"))
    except (OSError, ValueError):
        return
    before = tuple(made.get("tools", ()))
    if before != tools:
        form = ", ".join(before)
        raise UsageError(
            f"the data home {home.root} holds the demo as exports of {form or 'its own form'}",
            f"データの置き場 {home.root} には別の形のデモがあります（{form or '独自の形'}）",
            "give this form a home of its own: leadloop demo --tools T,T --home DIR",
            "この形には別の置き場を指定してください: leadloop demo --tools T,T --home DIR",
        )


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
