"""leadloop verify."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from leadloop.errors import AuditFailed
from leadloop.publish.console import say, table
from leadloop.publish.inspection import RAW_MISSING, Check, inspect
from leadloop.publish.pointer import Problem
from leadloop.publish.versions import NothingPublished
from leadloop.settings import Home


@click.command()
@click.option(
    "--home",
    "home_path",
    type=click.Path(path_type=Path),
    help="Default: LEADLOOP_HOME, else data/.",
)
@click.option("--all-raw", is_flag=True, help="List every raw file, not only those with a fault.")
def command(home_path: Path | None, all_raw: bool) -> None:
    """Check every published version and the raw files.

    Compares size and SHA-256 with the manifests, looks for write-ahead logs that nobody published,
    and follows the pointer. Exit code 4 where something is damaged.
    """
    home = Home(home_path.resolve()) if home_path else Home.from_environment()
    checks = inspect(home)
    if [c.problem for c in checks] == [Problem.POINTER_MISSING]:
        raise NothingPublished(Problem.POINTER_MISSING)
    shown = table(say("kind", "種類"), say("name", "名前"), "MB", say("state", "状態"))
    for check in checks:
        if check.kind != "raw" or check.problem or all_raw:
            size = f"{check.size / 1_000_000:.1f}" if check.size is not None else ""
            shown.add_row(check.kind, check.name, size, _state(check))
    Console(highlight=False).print(shown)
    raw = [c for c in checks if c.kind == "raw"]
    sound = sum(c.problem is None for c in raw)
    click.echo(
        say(
            f"raw files: {sound} of {len(raw)} as built",
            f"raw: {len(raw)} 中 {sound} が構築時のまま",
        )
    )
    damaged = [c for c in checks if c.problem and c.problem != RAW_MISSING]
    if damaged:
        names = ", ".join(f"{c.kind} {c.name} ({c.problem})" for c in damaged)
        raise AuditFailed(
            f"damaged: {names}",
            f"損傷があります: {names}",
            "run `leadloop build --force` for a new version, or `leadloop rollback RUN_ID`; "
            "load a damaged raw file again",
            "`leadloop build --force` で作り直すか `leadloop rollback RUN_ID` で戻してください。"
            "raw が損傷していれば再度取り込んでください",
        )


def _state(check: Check) -> str:
    if check.problem:
        return check.problem
    return say("ok, current", "正常(現在)") if check.is_current else say("ok", "正常")
