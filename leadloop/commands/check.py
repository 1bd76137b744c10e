"""`leadloop check`: the agreement seeds, before anything is built on them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from leadloop.agreement import Finding, Summary, inspect_seeds
from leadloop.agreement.check import next_step
from leadloop.agreement.folders import base_seeds, compose, folder_of
from leadloop.commands.agreement_options import agreement_options
from leadloop.errors import InputRejected
from leadloop.settings import language

_HEADINGS = {"en": ("Where", "What is wrong"), "ja": ("場所", "内容")}


@click.command(name="check")
@click.option(
    "--seeds",
    "seeds_dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder that holds agreement/, calendar/ and vocabulary/. Default: LEADLOOP_SEEDS, "
    "else seeds/ of the project.",
)
@agreement_options
def command(seeds_dir: Path | None, preset: str | None, agreement: Path | None) -> None:
    """Check the agreement seeds without building.

    Prints every finding with its file, line and column. Exit code 3 where there is one.
    """
    summary = _inspect(seeds_dir or base_seeds(), folder_of(preset, agreement))
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


def _inspect(seeds: Path, folder: Path | None) -> Summary:
    """The findings of the seeds, with the files of a company's folder in place of theirs."""
    if folder is None:
        return inspect_seeds(seeds)
    with tempfile.TemporaryDirectory() as composed:
        return inspect_seeds(compose(seeds, folder, Path(composed) / "seeds"))


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
