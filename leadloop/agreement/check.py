"""Checks every seed and says all that is wrong at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leadloop.agreement.across import check_across
from leadloop.agreement.findings import Finding, Problem, finding, nearest_of
from leadloop.agreement.folders import name_of
from leadloop.agreement.loaded import Agreement, Loaded
from leadloop.agreement.registry import SEEDS, Seed
from leadloop.agreement.row import SeedRow, read_row
from leadloop.agreement.table import read_table
from leadloop.agreement.uniqueness import check_keys, check_validity
from leadloop.errors import InputRejected


@dataclass(frozen=True)
class Summary:
    """What was checked and what was found."""

    files: int
    rows: int
    findings: list[Finding]


def check_seeds(seeds_dir: Path) -> list[Finding]:
    """Everything that is wrong with the seeds below `seeds_dir`, in the order of the files."""
    return inspect_seeds(seeds_dir).findings


def ensure_seeds(seeds_dir: Path) -> None:
    """Refuses faulty seeds before any model runs on them.

    Raises:
        InputRejected: listing every finding; its place is that of the first.
    """
    findings = check_seeds(seeds_dir)
    if not findings:
        return
    first, *others = findings
    messages = {
        language: "\n".join([first.message[language], *(f.render(language) for f in others)])
        for language in ("en", "ja")
    }
    raise InputRejected(
        messages["en"],
        messages["ja"],
        *next_step(len(findings)),
        place=first.place,
    )


def next_step(count: int) -> tuple[str, str]:
    """What to do about `count` findings, in English and Japanese."""
    what = "this finding" if count == 1 else f"these {count} findings"
    return (
        f"Correct {what} and run `leadloop check`; the rule language is in docs/rules.md.",
        f"{count}件を直してから `leadloop check` を実行してください。"
        "ルールの書き方は docs/rules.md にあります。",
    )


def inspect_seeds(seeds_dir: Path) -> Summary:
    """The findings with the number of files and rows that were read."""
    agreement = Agreement()
    for seed in SEEDS:
        agreement[Path(seed.path).stem] = _load(seeds_dir, seed)
    for loaded in agreement.values():
        check_keys(loaded)
        if loaded.seed.validity_of:
            check_validity(loaded)
    check_across(agreement)
    findings = [*_stray_files(seeds_dir), *agreement.findings()]
    return Summary(
        files=len(agreement),
        rows=sum(len(loaded.table.rows) for loaded in agreement.values()),
        findings=sorted(findings, key=Finding.sort_key),
    )


def _load(seeds_dir: Path, seed: Seed) -> Loaded:
    table = read_table(seeds_dir / seed.path, name_of(seeds_dir, seed.path), seed.columns)
    typed: dict[int, SeedRow] = {}
    for row in table.rows:
        if not row.is_whole:
            continue
        model, problems = read_row(seed.model, row.cells)
        for problem in problems:
            table.add(problem, row.line)
        if model is not None:
            typed[row.line] = model
    if table.is_usable and not table.rows and seed.needs_rows:
        table.add(Problem("no_rows", ""), None)
    return Loaded(seed, table, typed)


def _stray_files(seeds_dir: Path) -> list[Finding]:
    """CSV files beside the seeds: a copy left by a spreadsheet, a misspelt name."""
    known = {seed.path for seed in SEEDS}
    stray = []
    for folder in sorted({Path(path).parent for path in known}):
        for path in sorted((seeds_dir / folder).glob("*.csv")):
            name = (folder / path.name).as_posix()
            if name not in known:
                problem = Problem("unknown_file", "", nearest=nearest_of(name, sorted(known)))
                stray.append(finding(problem, name_of(seeds_dir, name), None))
    return stray
