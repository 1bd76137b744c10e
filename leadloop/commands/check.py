"""`leadloop check`: the agreement seeds, before anything is built on them."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from leadloop.agreement import Finding, inspect_seeds
from leadloop.agreement.check import next_step
from leadloop.errors import InputRejected
from leadloop.settings import PROJECT_ROOT, language

_HEADINGS = {"en": ("Where", "What is wrong"), "ja": ("場所", "内容")}


@click.command(name="check")
@click.option(
    "--seeds",
    "seeds_dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT_ROOT / "seeds",
    show_default="seeds/ of the project",
    help="Folder that holds agreement/ and vocabulary/.",
)
def command(seeds_dir: Path) -> None:
    """Check the agreement seeds without building.

    Prints every finding with its file, line and column. Exit code 3 where there is one.
    """
    summary = inspect_seeds(seeds_dir)
    lang = language()
    if not summary.findings:
        click.echo(
            f"{summary.files}ファイル、{summary.rows}行、指摘はありません。"
            if lang == "ja"
            else f"{summary.files} files, {summary.rows} rows, no findings"
        )
        return
    if sys.stdout.isatty():
        Console().print(_table(summary.findings, lang))
    else:
        # one finding a line, for grep and for logs
        for found in summary.findings:
            click.echo(found.render(lang))
    count = len(summary.findings)
    raise InputRejected(
        f"{summary.files} files, {summary.rows} rows, {count} finding{'s' if count > 1 else ''}",
        f"{summary.files}ファイル、{summary.rows}行、指摘{count}件",
        *next_step(count),
    )


def _table(findings: list[Finding], lang: str) -> Table:
    table = Table(show_lines=True)
    for heading in _HEADINGS[lang]:
        table.add_column(heading, overflow="fold")
    for found in findings:
        path = found.file if found.line is None else f"{found.file}:{found.line}"
        where = "\n".join(part for part in (path, found.column, found.code) if part)
        # Text, so that a bracket in a cell is not read as a style
        table.add_row(Text(where), Text(found.message[lang]))
    return table
