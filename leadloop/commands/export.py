"""leadloop export."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from leadloop.export.form import PERSONAL, Form, Language
from leadloop.export.plan import Plan, Row
from leadloop.export.run import Report, Request, export
from leadloop.export.texts import WITHHELD
from leadloop.load.faults import mask
from leadloop.publish.console import say, table
from leadloop.settings import Home, language


@click.command()
@click.option(
    "--tool",
    required=True,
    metavar="T",
    help="hubspot, salesforce, account_engagement, marketo, kintone, mazrica, bownow, or handoff: "
    "the list for sales.",
)
@click.option(
    "--to",
    "directory",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Put the files here too. They always stay in exports/ of the data home.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option(
    "--source",
    metavar="NAME",
    help="The source under which the tool's leads were loaded. Default: as the form says.",
)
@click.option("--version", "run_id", help="A published version of the data. Default: current.")
@click.option(
    "--encoding",
    type=click.Choice(["utf-8", "cp932"]),
    help="Another of the encodings that the tool takes. Default: the form's first.",
)
@click.option(
    "--language",
    "spoken",
    type=click.Choice(["ja", "en"]),
    help="Language of reasons and headers. Default: that of the messages.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Leads to list of each kind; 0 for all.",
)
@click.option(
    "--home",
    "home_path",
    type=click.Path(path_type=Path),
    help="Default: LEADLOOP_HOME, else data/.",
)
def command(
    tool: str,
    directory: Path | None,
    dry_run: bool,
    source: str | None,
    run_id: str | None,
    encoding: str | None,
    spoken: Language | None,
    limit: int,
    home_path: Path | None,
) -> None:
    """Write scores, grades and reasons in the form of a tool's import file.

    Only what has changed since the last export, and never a blank over a value. Upload the files
    in the tool; leadloop connects to none. docs/export.md says for each tool what is certain.
    """
    home = Home(home_path.resolve()) if home_path else Home.from_environment()
    report = export(
        home, Request(tool, spoken or _own(), source, directory, run_id, encoding, dry_run)
    )
    _show(report, limit, dry_run, directory)


def _own() -> Language:
    return "ja" if language() == "ja" else "en"


def _show(report: Report, limit: int, dry_run: bool, directory: Path | None) -> None:
    # a width of its own where there is no terminal, so that logs keep whole words
    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 120)
    version = report.version
    name = report.form.label.in_language(_own())
    console.print(
        say(
            f"{name}, source {report.source}, data of {version.run_id}",
            f"{name}、ソース {report.source}、データの版 {version.run_id}",
        ),
        markup=False,
    )
    _counts(console, report.plan)
    _differences(console, report.form, report.plan, limit)
    _withheld(console, report.plan, limit)
    for path in report.late:
        click.echo(
            say(
                f"{path} was written: an earlier export was stopped before that.",
                f"{path} を書き出しました（以前の書き出しが途中で止まっていました）。",
            )
        )
    for path in report.lost:
        click.echo(
            say(
                f"Warning: the files in {path} could not be put where they were wanted.",
                f"注意: {path} のファイルを指定の場所に置けませんでした。",
            ),
            err=True,
        )
    _files(report, dry_run, directory)


def _counts(console: Console, plan: Plan) -> None:
    shown = table("", say("leads", "リード"))
    withheld = sum(len(leads) for leads in plan.withheld.values())
    for label, count in (
        (say("new", "新規"), len(plan.added)),
        (say("changed", "変更"), len(plan.changed)),
        (say("unchanged", "変更なし"), plan.unchanged),
        (say("withheld", "書き出さない"), withheld),
    ):
        shown.add_row(label, f"{count:,}")
    console.print(shown)
    for column, count in sorted(plan.kept.items()):
        console.print(
            say(
                f"{column}: {count:,} leads have no value any more; the last one stays in the tool",
                f"{column}: {count:,} 件は値がなくなりましたが、ツールには最後の値が残ります",
            ),
            markup=False,
        )
    if plan.gone:
        console.print(
            say(
                f"{plan.gone:,} records were written before and may not go out any more; "
                "the tool keeps what they hold",
                f"以前に書き出した {plan.gone:,} 件は対象外になりました。ツールの値はそのままです",
            )
        )


def _differences(console: Console, form: Form, plan: Plan, limit: int) -> None:
    # a screen and a log are no place for names and addresses; the file is
    personal = frozenset(c.name for c in form.columns if c.value in PERSONAL)
    for title, rows in (
        (say("New", "新規"), plan.added),
        (say("Changed", "変更"), plan.changed),
    ):
        if not rows:
            continue
        shown = table(title, say("column", "列"), say("old", "旧"), say("new", "新"))
        for row in rows[: limit or None]:
            _difference(shown, plan, row, personal)
        console.print(shown)
        _and_more(console, len(rows), limit)


def _difference(shown: Table, plan: Plan, row: Row, personal: frozenset[str]) -> None:
    lead = row.lead_id
    for column, old, new in plan.changes(row):
        told = mask if column in personal else _short
        cells = (told(text) if text else "" for text in (old, new))
        shown.add_row(escape(lead), escape(column), *(escape(c) for c in cells))
        lead = ""


def _short(text: str) -> str:
    """A cell as a line: the list for sales has cells of many."""
    line = text.replace("\n", " / ")
    return line if len(line) <= 60 else f"{line[:59]}…"


def _withheld(console: Console, plan: Plan, limit: int) -> None:
    if not plan.withheld:
        return
    shown = table(say("withheld because", "書き出さない理由"), say("leads", "件数"), "")
    for reason, leads in sorted(plan.withheld.items()):
        text = WITHHELD[reason]
        named = ", ".join(leads[: limit or None])
        more = f", … (+{len(leads) - limit:,})" if limit and len(leads) > limit else ""
        shown.add_row(say(text.en, text.ja), f"{len(leads):,}", escape(named + more))
    console.print(shown)


def _and_more(console: Console, count: int, limit: int) -> None:
    if limit and count > limit:
        rest = count - limit
        console.print(
            say(
                f"… and {rest:,} more (--limit 0 lists all)",
                f"… ほか {rest:,} 件（--limit 0 で全件）",
            )
        )


def _files(report: Report, dry_run: bool, directory: Path | None) -> None:
    if not report.files:
        unchanged = (
            "Nothing has changed since the last export; nothing to write.",
            "前回の書き出しから変更がないため、書き出すものはありません。",
        )
        none = ("No lead may go out; nothing to write.", "書き出せるリードがありません。")
        click.echo(say(*(unchanged if report.plan.unchanged else none)))
        return
    place = directory or report.directory
    for file in report.files:
        name = str(place / file.name) if place and not dry_run else file.name
        rows = say(f"{file.rows:,} rows", f"{file.rows:,} 行")
        click.echo(f"{name}: {rows}, {file.size:,} bytes, {report.encoding}")
    if dry_run:
        click.echo(say("Dry run: nothing was written.", "試行のため、何も書き出していません。"))
    for note in (*report.form.notes, *report.form.uncertain):
        click.echo(f"- {note.in_language(_own())}")
