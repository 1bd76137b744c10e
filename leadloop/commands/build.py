"""leadloop build."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import NoReturn

import click

from leadloop.agreement.folders import folder_of
from leadloop.commands.agreement_options import agreement_options
from leadloop.publish.build import Options, build
from leadloop.publish.console import BuildProgress, say
from leadloop.publish.manifest import Manifest
from leadloop.settings import Home


@click.command()
@click.option(
    "--as-of",
    metavar="INSTANT",
    help="Look from this instant, e.g. 2026-11-01 or 2026-10-31T15:00:00Z; without a zone it is "
    "the company's local time. Default: LEADLOOP_AS_OF, else the company's, else now.",
)
@agreement_options
@click.option("--force", is_flag=True, help="Build even where nothing has changed.")
@click.option(
    "--target",
    type=click.Choice(["duckdb", "spark", "spark_cluster"]),
    default="duckdb",
    show_default=True,
    help="The engine: DuckDB, a Spark on this machine (needs Java 17), or a cluster behind a "
    "Thrift server, see docs/spark.md. The published version is the same.",
)
@click.option("--threads", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option(
    "--home",
    "home_path",
    type=click.Path(path_type=Path),
    help="Default: LEADLOOP_HOME, else data/.",
)
def command(
    as_of: str | None,
    preset: str | None,
    agreement: Path | None,
    force: bool,
    target: str,
    threads: int,
    home_path: Path | None,
) -> None:
    """Build, audit and publish a new version.

    Runs dbt into a file that nobody reads, audits the result, and makes it the current version in
    one step. A run that fails or is killed changes nothing for readers; run it again. Where
    inputs, rules and code are the same as for the current version, it says so and does nothing.

    Exit codes: 0 published or unchanged, 3 input rejected, 4 dbt or the audit failed, 5 the disk
    refused, 75 another build is running.
    """
    home = Home(home_path.resolve()) if home_path else Home.from_environment()
    # a service manager stops with SIGTERM: end dbt and free the lock as for Ctrl-C
    signal.signal(signal.SIGTERM, _terminated)
    options = Options(as_of, force, threads, target, folder_of(preset, agreement))
    with BuildProgress() as progress:
        manifest = build(home, options, reporter=progress)
    if progress.was_unchanged:
        click.echo(
            say(
                f"Nothing has changed since version {manifest.run_id}; nothing to do.",
                f"版 {manifest.run_id} から変更がないため、何もしませんでした。",
            )
        )
        return
    click.echo(_summary(manifest))


def _summary(manifest: Manifest) -> str:
    tests, rows = manifest.tests, sum(manifest.rows.values())
    seconds, megabytes = manifest.wall_seconds, manifest.size / 1_000_000
    warned = "".join(f"\n  ! {name}" for name in (*tests.warnings, *manifest.notices))
    return say(
        f"Published {manifest.run_id} in {seconds:.1f} s: {len(manifest.rows)} marts, "
        f"{rows:,} rows, {megabytes:.1f} MB; tests {tests.passed} passed, {tests.warned} warned."
        f"{warned}\nNext: `leadloop dashboard`",
        f"版 {manifest.run_id} を公開しました({seconds:.1f} 秒): マート {len(manifest.rows)}、"
        f"{rows:,} 行、{megabytes:.1f} MB、テスト成功 {tests.passed}・警告 {tests.warned}。"
        f"{warned}\n次の一手: `leadloop dashboard`",
    )


def _terminated(signum: int, frame: object) -> NoReturn:
    sys.exit(128 + signum)
