"""leadloop score."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from leadloop.publish.console import say, table
from leadloop.publish.run_settings import instant_of
from leadloop.publish.versions import connect, resolve
from leadloop.replay.lead import AS_IT_WAS, CHOSEN, PROPOSAL, TODAYS_RULES, Replay, replay_lead
from leadloop.settings import Home, language

_VIEWS = {
    AS_IT_WAS: ("as it was", "当時のまま"),
    TODAYS_RULES: ("under today's rules", "現在のルールなら"),
    PROPOSAL: ("under the proposal", "提案のルールなら"),
    CHOSEN: ("under this version", "指定した版なら"),
}


@click.command()
@click.option("--lead", "lead_id", required=True, help="Id of the lead.")
@click.option(
    "--as-of",
    "as_of",
    help="Instant, local time where it has no zone (2026-03-31, 2026-03-31T18:00). "
    "Default: the instant the published version looks from.",
)
@click.option(
    "--version", "version", help="A scorecard version. Default: as it was, today, drafts."
)
@click.option("--run", "run_id", help="A published version of the data. Default: the current one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--home",
    "home_path",
    type=click.Path(path_type=Path),
    help="Default: LEADLOOP_HOME, else data/.",
)
def command(
    lead_id: str,
    as_of: str | None,
    version: str | None,
    run_id: str | None,
    as_json: bool,
    home_path: Path | None,
) -> None:
    """Show score, stage and breakdown of a lead as of an instant, under a version of the rules.

    Without --version: as it was then, as today's rules would have had it, and as every draft and
    challenger would. Nothing that happened after the instant counts.
    """
    home = Home(home_path.resolve()) if home_path else Home.from_environment()
    published = resolve(home, run_id)
    zone = ZoneInfo(published.manifest.business_timezone)
    at = instant_of(as_of, zone) if as_of else published.manifest.as_of
    connection = connect(published)
    try:
        replays = replay_lead(connection, lead_id, at, version)
    finally:
        connection.close()
    if as_json:
        click.echo(_as_json(lead_id, at, published.run_id, replays))
        return
    console = Console(highlight=False)
    local = at.astimezone(zone)
    console.print(
        say(
            f"Lead {lead_id} as of {local:%Y-%m-%d %H:%M} ({zone.key}), data of {published.run_id}",
            f"リード {lead_id}、{local:%Y-%m-%d %H:%M} 時点({zone.key})、"
            f"データの版 {published.run_id}",
        ),
        markup=False,
    )
    for replay in replays:
        _show(console, replay, zone)


def _show(console: Console, replay: Replay, zone: ZoneInfo) -> None:
    view = say(*_VIEWS[replay.view])
    if replay.version is None and replay.view == AS_IT_WAS:
        console.print(
            say(f"\n{view}: no version in force", f"\n{view}: 有効な版なし"), markup=False
        )
        return
    console.print(
        say(
            f"\n{view} ({replay.version}): {replay.total_score:g} points "
            f"(fit {replay.fit_score:g}, engagement {replay.engagement_score:g}), "
            f"stage {replay.stage or '-'}",
            f"\n{view}({replay.version}): {replay.total_score:g}点"
            f"(属性 {replay.fit_score:g}、行動 {replay.engagement_score:g})、"
            f"段階 {replay.stage or '-'}",
        ),
        markup=False,
    )
    for name, at, path in (
        ("MQL", replay.mql_at, replay.mql_path),
        ("SQL", replay.sql_at, replay.sql_path),
    ):
        if at:
            local = at.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
            console.print(f"  {name} {local:%Y-%m-%d %H:%M} ({path})", markup=False)
    rows = table(
        say("rule", "ルール"),
        say("times", "回数"),
        say("points", "点"),
        say("lost to cap", "上限で減"),
        say("lost to decay", "減衰で減"),
    )
    for rule in replay.breakdown:
        label = rule.label_ja if language() == "ja" else rule.label_en
        rows.add_row(
            label.replace("[", r"\["),
            str(rule.firings),
            f"{rule.points:g}",
            f"{rule.lost_to_cap:g}",
            f"{rule.lost_to_decay:g}",
        )
    if replay.breakdown:
        console.print(rows)


def _as_json(lead_id: str, at: datetime, run_id: str, replays: list[Replay]) -> str:
    def plain(value: Any) -> Any:
        return f"{value:%Y-%m-%dT%H:%M:%S}Z" if isinstance(value, datetime) else str(value)

    shown = {
        "lead_id": lead_id,
        "as_of": at.astimezone(ZoneInfo("UTC")).replace(tzinfo=None),
        "run_id": run_id,
        "views": [asdict(r) for r in replays],
    }
    return json.dumps(shown, default=plain, ensure_ascii=False, indent=2)
