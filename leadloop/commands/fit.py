"""leadloop fit."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from leadloop.agreement.folders import base_seeds, compose
from leadloop.errors import UsageError
from leadloop.fit.draft import Draft, write_draft
from leadloop.fit.fit import MOST_POINTS, MOST_RULES, Fitted, fit
from leadloop.fit.table import GOALS, FitTable, from_file, from_published
from leadloop.fit.words import findings
from leadloop.publish.console import say, table
from leadloop.publish.versions import connect, resolve
from leadloop.settings import Home


@click.command()
@click.option(
    "--goal",
    type=click.Choice(GOALS),
    default="won",
    show_default=True,
    help="won: hand-overs that were won; sql: MQLs that became SQLs.",
)
@click.option(
    "--write",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the draft version as seed files into DIR, for `leadloop build --agreement DIR`.",
)
@click.option(
    "--agreement",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="The company's seed files, where the build took them from a folder.",
)
@click.option("--rules", default=MOST_RULES, show_default=True, type=click.IntRange(1, 50))
@click.option("--points", default=MOST_POINTS, show_default=True, type=click.IntRange(1, 100))
@click.option(
    "--split",
    "how",
    type=click.Choice(["time", "random"]),
    default="time",
    show_default=True,
    help="time: fitted on the earlier chances, judged on the later ones.",
)
@click.option("--seed", default=0, show_default=True, help="Of the random split.")
@click.option(
    "--leave-out",
    "left_out",
    multiple=True,
    metavar="COLUMN",
    help="A column that must not be asked, e.g. one that is known only afterwards. Repeatable.",
)
@click.option(
    "--from",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A CSV file of chances, oldest first, in place of the published version.",
)
@click.option("--outcome", metavar="COLUMN", help="With --from: the column of the outcome.")
@click.option("--positive", metavar="VALUE", help="With --from: its value where all went well.")
@click.option("--run", "run_id", help="A published version of the data. Default: the current one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--home",
    "home_path",
    type=click.Path(path_type=Path),
    help="Default: LEADLOOP_HOME, else data/.",
)
def command(
    goal: str,
    folder: Path | None,
    agreement: Path | None,
    rules: int,
    points: int,
    how: str,
    seed: int,
    left_out: tuple[str, ...],
    file: Path | None,
    outcome: str | None,
    positive: str | None,
    run_id: str | None,
    as_json: bool,
    home_path: Path | None,
) -> None:
    """Propose points from the company's own outcomes, judged on chances they were not made from.

    Prints the rules beside how they did, and writes a draft version with --write. Nothing changes
    by itself: a draft scores beside the version in force until both departments have signed it.
    """
    by_time = how == "time"
    if file:
        fitted = fit(
            _without(_chances_of(file, outcome, positive, folder), left_out),
            by_time,
            seed,
            rules,
            points,
        )
        _print(fitted, None, as_json)
        return
    home = Home(home_path.resolve()) if home_path else Home.from_environment()
    connection = connect(resolve(home, run_id))
    try:
        chances = _without(from_published(connection, goal), left_out)
        fitted = fit(chances, by_time, seed, rules, points)
        draft = None
        if folder and fitted.judgement.has_signal:
            seeds = base_seeds()
            if agreement:
                seeds = compose(seeds, agreement, home.root / "work" / "fit_seeds")
            draft = write_draft(fitted, connection, goal, seeds, folder)
    finally:
        connection.close()
    _print(fitted, draft, as_json)


def _chances_of(
    file: Path, outcome: str | None, positive: str | None, folder: Path | None
) -> FitTable:
    if not outcome or not positive or folder:
        raise UsageError(
            "--from needs --outcome and --positive, and cannot be written as a scorecard",
            "--from には --outcome と --positive が必要で、スコアカードとしては書き出せません",
            "name the outcome's column and its good value; leave --write out",
            "結果の列と良い結果の値を指定し、--write は外してください",
        )
    return from_file(file, outcome, positive, is_dated=True)


def _without(chances: FitTable, names: tuple[str, ...]) -> FitTable:
    unknown = [name for name in names if name not in chances.columns]
    if unknown:
        raise UsageError(
            f"there is no column {unknown[0]!r}; there are: {', '.join(chances.columns)}",
            f"列 {unknown[0]!r} がありません。あるのは: {', '.join(chances.columns)}",
            "correct --leave-out",
            "--leave-out を直してください",
        )
    return chances.without(list(names))


def _print(fitted: Fitted, draft: Draft | None, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_plain(fitted, draft), ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    for line in findings(fitted):
        console.print(line, markup=False)
    console.print()
    console.print(_rules(fitted))
    console.print()
    console.print(_bands(fitted))
    if draft:
        console.print()
        console.print(_written(draft), markup=False)


def _rules(fitted: Fitted) -> Table:
    rows = table(
        say("points", "点"),
        say("rule", "ルール"),
        say("fired", "該当"),
        say("of them well", "うち良い結果"),
    )
    judging = fitted.split.judging
    outcome = fitted.table.outcome.to_numpy()[judging]
    features = fitted.table.features.iloc[judging]
    for rule in fitted.rules:
        holds = rule.condition.holds(features)
        k, n = int(outcome[holds].sum()), int(holds.sum())
        share = f"{k}/{n}" + (f" = {k / n:.0%}" if n >= 10 else "")
        rows.add_row(f"{rule.points:+d}", str(rule.condition).replace("[", r"\["), str(n), share)
    return rows


def _bands(fitted: Fitted) -> Table:
    rows = table(
        say("points", "点"),
        say("came", "実績"),
        say("95% interval", "95%区間"),
        say("expected", "見込み"),
        say("lift", "リフト"),
    )
    for band in fitted.judgement.bands:
        rate = band.rate
        rows.add_row(
            f"{band.least_points:g} – {band.most_points:g}",
            f"{rate.k}/{rate.n} = {rate.value:.0%}",
            f"{rate.low:.0%} – {rate.high:.0%}",
            f"{band.expected:.0%}" + ("" if band.is_calibrated else " ▼"),
            f"{band.lift:.2f} ({band.lift_low:.2f}–{band.lift_high:.2f})",
        )
    return rows


def _written(draft: Draft) -> str:
    reach = (
        say(
            f" Its MQL threshold is {draft.threshold}: {draft.leads_reaching} leads reach "
            f"{draft.threshold_in_force:g} today, and as many reach that.",
            f" MQLのしきい値は{draft.threshold}点です。今日{draft.threshold_in_force:g}点に届く"
            f"{draft.leads_reaching}件と同じ数が届きます。",
        )
        if draft.threshold is not None
        else ""
    )
    return say(
        f"Draft {draft.version} is in {draft.folder}.{reach}\n"
        f"Next: leadloop build --agreement {draft.folder}, and compare it on the page Definitions",
        f"案 {draft.version} を {draft.folder} に書きました。{reach}\n"
        f"次: leadloop build --agreement {draft.folder} を実行し、「定義」の画面で比べてください",
    )


def _plain(fitted: Fitted, draft: Draft | None) -> dict[str, object]:
    judged = fitted.judgement

    def auc(one: object) -> object:
        return None if one is None else vars(one)

    return {
        "fitted_n": len(fitted.split.fitted),
        "judging_n": len(fitted.split.judging),
        "left_out_n": fitted.table.left_out,
        "rules": [
            {"points": rule.points, "condition": str(rule.condition)} for rule in fitted.rules
        ],
        "auc": {
            "draft": auc(judged.draft),
            "in_force": auc(judged.current),
            "gradient_boosting": auc(judged.boosting),
        },
        "has_signal": judged.has_signal,
        "base_rate": {
            "fitted": judged.drift.fitted.value,
            "judging": judged.drift.judging.value,
            "is_drifted": judged.drift.is_drifted,
        },
        "bands": [
            {
                "least_points": band.least_points,
                "most_points": band.most_points,
                "k": band.rate.k,
                "n": band.rate.n,
                "expected": band.expected,
                "lift": band.lift,
            }
            for band in judged.bands
        ],
        "leaks": {name: leak.auc for name, leak in fitted.leaks.items()},
        "defining": list(fitted.table.defining),
        "draft": None if draft is None else {"version": draft.version, "folder": str(draft.folder)},
    }
