"""`leadloop load`: exports of a company's tools into the data home."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from leadloop.load import run
from leadloop.load.mapping_file import bundled_mappings, read_mapping
from leadloop.settings import Home, language

_WORDS = {
    "en": {
        "columns": ("file", "table", "state", "read", "loaded", "rejected", "encoding"),
        "loaded": "loaded",
        "unchanged": "unchanged",
        "nothing": "Nothing new: every file is loaded already. The data home is as it was.",
        "done": "Loaded into {raw} as source {source}. Next: leadloop build",
        "warning": "Warning",
    },
    "ja": {
        "columns": ("ファイル", "表", "状態", "読んだ行", "入れた行", "除いた行", "文字コード"),
        "loaded": "読込",
        "unchanged": "変更なし",
        "nothing": "新しいファイルはありません。すべて読み込み済みで、何も変えていません。",
        "done": "{raw} に読み込みました（ソース {source}）。次は leadloop build です。",
        "warning": "注意",
    },
}


@click.command(name="load")
@click.option(
    "--mapping",
    "mapping_name",
    required=True,
    metavar="M",
    help=f"A YAML file, or one of: {', '.join(bundled_mappings())}.",
)
@click.option(
    "--from",
    "directory",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The directory that holds the exported files.",
)
@click.option("--source", metavar="NAME", help="The source name, instead of the mapping's.")
@click.option(
    "--mode",
    type=click.Choice(["append", "snapshot"]),
    help="Add the files, or let them replace what this source loaded before, "
    "instead of what the mapping says.",
)
@click.option(
    "--allow-older",
    is_flag=True,
    help="Load an export although rows newer than its newest are loaded.",
)
@click.option(
    "--accept-volume",
    is_flag=True,
    help="Load an export although it has many times, or less than half, the rows of those before.",
)
@click.option(
    "--home",
    "home_path",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The data home, instead of LEADLOOP_HOME.",
)
def command(
    mapping_name: str,
    directory: Path,
    source: str | None,
    mode: run.Mode | None,
    allow_older: bool,
    accept_volume: bool,
    home_path: Path | None,
) -> None:
    """Load exported files (CSV, TSV, Parquet, JSON lines) into the data home.

    A mapping says which file feeds which raw table and which column is which; docs/load.md
    explains it. A file that breaks a rule is refused and nothing of the load becomes visible.
    """
    home = Home(home_path.resolve()) if home_path else Home.from_environment()
    mapping = read_mapping(mapping_name)
    with _progress() as progress:
        report = run.load(
            mapping,
            directory,
            home,
            source=source,
            mode=mode,
            progress=progress,
            allow_older=allow_older,
            accept_volume=accept_volume,
        )
    _show(report, home)


@contextmanager
def _progress() -> Iterator[run.Progress | None]:
    """A bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("")

        def report(file: str, done: int, total: int) -> None:
            bar.update(task, description=escape(file), completed=done, total=total)

        yield report


def _show(report: run.LoadReport, home: Home) -> None:
    words = _WORDS[language()]
    # a width of its own where there is no terminal, so that logs keep whole words
    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 120)
    table = Table()
    for position, title in enumerate(words["columns"]):
        table.add_column(title, justify="right" if 3 <= position <= 5 else "left")
    for file in report.files:
        is_new = file.state == "loaded"
        table.add_row(
            escape(file.file),
            file.table,
            str(words[file.state]),
            f"{file.rows_read:,}" if is_new else "",
            f"{file.rows_loaded:,}" if is_new else "",
            f"{file.rows_rejected:,}" if is_new else "",
            file.encoding,
        )
    console.print(table)
    for item in report.notices:
        click.echo(f"{words['warning']}: {item.render(language())}", err=True)
    if report.changed:
        click.echo(str(words["done"]).format(raw=home.raw, source=report.source))
    else:
        click.echo(str(words["nothing"]))
