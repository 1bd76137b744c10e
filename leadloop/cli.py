"""The command line: finds the commands, turns expected errors into messages and exit codes."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
import traceback

import click

from leadloop import __version__
from leadloop.errors import LeadloopError
from leadloop.settings import language

# name -> one line of help, so that `leadloop --help` imports nothing heavy
COMMANDS = {
    "demo": "Make the demo company, load it, build it and serve the dashboard.",
    "load": "Load a company's files into the data home.",
    "check": "Check the agreement seeds without building.",
    "build": "Build, audit and publish a new version.",
    "score": "Show a lead's score, stage and breakdown as of any instant under any version.",
    "fit": "Propose points from the company's own outcomes, as a draft version.",
    "export": "Write scores in the form of a tool's import file, or a list for sales.",
    "dashboard": "Serve the dashboard.",
    "verify": "Check every published version and the raw files.",
    "rollback": "Make an earlier version the current one.",
    "doctor": "Say what this machine and this data home lack.",
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"leadloop.commands.{cmd_name}")
        return module.command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="leadloop")
def cli() -> None:
    """Lead qualification that closes the loop between marketing and sales."""


def main() -> None:
    """Entry point.

    Exit codes: 0 ok, 2 usage, 3 input, 4 audit, 5 publish, 70 internal, 75 locked.
    """
    try:
        # without standalone mode click hands back what a command returns, or its exit code
        outcome = cli.main(prog_name="leadloop", standalone_mode=False)
        if isinstance(outcome, int):
            sys.exit(outcome)
    except LeadloopError as error:
        click.echo(error.render(language()), err=True)
        sys.exit(error.exit_code)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        click.echo("中断しました。" if language() == "ja" else "Interrupted.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except Exception as error:
        if os.environ.get("LEADLOOP_DEBUG") == "1":
            raise
        click.echo(_unexpected(error).render(language()), err=True)
        sys.exit(LeadloopError.exit_code)


def _unexpected(error: Exception) -> LeadloopError:
    """A fault of leadloop's own: what it was in a line, the traceback in a file."""
    name, _, said = f"{type(error).__name__}: {error}".partition("\n")[0].partition(": ")
    what = f"{name}: {said[:200]}" if said else name
    again_en = "run it again with LEADLOOP_DEBUG=1 to see where it happened"
    again_ja = "LEADLOOP_DEBUG=1 を付けて再実行すると発生箇所が表示されます"
    try:
        # only its owner may read it: a database's message can quote a value
        handle, path = tempfile.mkstemp(prefix="leadloop-error-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("".join(traceback.format_exception(error)))
    except OSError:
        return LeadloopError(
            f"internal error: {what}", f"内部エラー: {what}", f"{again_en}.", f"{again_ja}。"
        )
    return LeadloopError(
        f"internal error: {what}",
        f"内部エラー: {what}",
        f"the details are in {path}; or {again_en}.",
        f"詳細は {path} にあります。{again_ja}。",
    )


if __name__ == "__main__":
    main()
