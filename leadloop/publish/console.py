"""How the publishing commands speak: language, tables, progress."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from leadloop.publish.manifest import Manifest
from leadloop.settings import language

_STAGES = {
    "lock": ("looking at the inputs", "入力を確認中"),
    "check": ("checking the agreement seeds", "合意シードを検査中"),
    "dbt": ("running dbt", "dbt を実行中"),
    "audit": ("auditing the result", "結果を監査中"),
    "manifest": ("publishing", "公開中"),
}


def say(en: str, ja: str) -> str:
    """The text in the user's language."""
    return ja if language() == "ja" else en


def table(*headers: str) -> Table:
    """An empty table in the look that all commands share."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for header in headers:
        made.add_column(header, overflow="fold")
    return made


class BuildProgress:
    """Shows a build: a moving bar on a terminal, a line a stage anywhere else."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._progress.add_task("", total=None)
        self.was_unchanged = False

    def __enter__(self) -> BuildProgress:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def stage(self, name: str) -> None:
        text = say(*_STAGES.get(name, (name, name)))
        self._progress.reset(self._task, description=text, total=None)
        if not self._console.is_terminal:
            self._console.print(text)

    def node(self, done: int, total: int, name: str) -> None:
        self._progress.update(self._task, completed=done, total=total)

    def unchanged(self, manifest: Manifest) -> None:
        self.was_unchanged = True
