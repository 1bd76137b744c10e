"""A company's own folder holds only the seeds that it changes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from leadloop.agreement import check_seeds
from leadloop.agreement.folders import base_seeds, compose, folder_of, overlaid
from leadloop.errors import UsageError
from leadloop.settings import PROJECT_ROOT
from tests.python.pipeline.mutant_kit import ProjectCopy

from .seed_folder import SHIPPED, SeedFolder
from .test_check_command import run


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    (folder / "sub").mkdir(parents=True)
    for place, target in (("agreement/targets.csv", "targets.csv"),
                          ("vocabulary/industries.csv", "sub/industries.csv")):  # fmt: skip
        (folder / target).write_bytes((SHIPPED / place).read_bytes())
    (folder / "README.md").write_text("ours", "utf-8")
    return folder


def test_the_own_files_replace_the_others(own: Path, tmp_path: Path) -> None:
    text = (own / "targets.csv").read_text("utf-8").partition("\n")[0] + "\n"
    (own / "targets.csv").write_text(text, "utf-8")

    seeds = compose(SHIPPED, own, tmp_path / "out" / "seeds")

    made = {p.relative_to(seeds).as_posix() for p in seeds.rglob("*.csv")}
    assert made == {p.relative_to(SHIPPED).as_posix() for p in SHIPPED.rglob("*.csv")}
    assert (seeds / "agreement" / "targets.csv").read_text("utf-8") == text
    assert check_seeds(seeds) == []


def test_words_of_codes_come_on_top(own: Path, tmp_path: Path) -> None:
    (own / "code_labels.csv").write_text(
        "code,kind,label_ja,label_en\nwarm,stage,温,Warm\nmql,stage,見込み,Ours", "utf-8"
    )

    seeds = compose(SHIPPED, own, tmp_path / "seeds")

    with (seeds / "vocabulary" / "code_labels.csv").open(encoding="utf-8", newline="") as file:
        found = {(r["kind"], r["code"]): r["label_ja"] for r in csv.DictReader(file)}
    assert found["stage", "warm"] == "温"
    assert found["stage", "mql"] == "見込み"
    assert found["stage", "sql"] == "SQL"
    assert check_seeds(seeds) == []


def test_words_of_codes_that_cannot_be_read(own: Path, tmp_path: Path) -> None:
    (own / "code_labels.csv").write_bytes("kind,code,label_ja,label_en\na,b,温,c\n".encode("cp932"))

    found = check_seeds(compose(SHIPPED, own, tmp_path / "seeds"))

    assert ("encoding", "acme/code_labels.csv") in [(f.code, f.file) for f in found]


def test_dbt_leaves_seeds_that_lie_elsewhere_as_they_are(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """dbt writes what it ran to <target>/run/<path>; an absolute path would be the seed itself."""
    seeds = compose(SHIPPED, own, tmp_path / "seeds")
    before = {p: p.read_bytes() for p in seeds.rglob("*.csv")}
    monkeypatch.setenv("LEADLOOP_SEEDS", str(seeds))

    outcome = ProjectCopy(tmp_path / "project").dbt("seed")

    assert not outcome.failed
    assert len([n for n in outcome.passed if not n.startswith("leadloop-")]) == len(before)
    assert {p: p.read_bytes() for p in seeds.rglob("*.csv")} == before


def test_what_lay_there_is_replaced(own: Path, tmp_path: Path) -> None:
    seeds = compose(SHIPPED, own, tmp_path / "seeds")
    (own / "targets.csv").unlink()
    (seeds / "agreement" / "left over.csv").write_text("x", "utf-8")

    compose(SHIPPED, own, seeds)

    shipped = (SHIPPED / "agreement" / "targets.csv").read_bytes()
    assert (seeds / "agreement" / "targets.csv").read_bytes() == shipped
    assert not (seeds / "agreement" / "left over.csv").exists()


def test_a_finding_names_the_file_that_the_company_edits(own: Path, tmp_path: Path) -> None:
    lines = (own / "sub" / "industries.csv").read_text("utf-8").splitlines()
    lines[2] = "ＩＴ,it"
    (own / "sub" / "industries.csv").write_text("\n".join(lines) + "\n", "utf-8")

    found = check_seeds(compose(SHIPPED, own, tmp_path / "seeds"))

    assert [(f.file, f.line) for f in found] == [("acme/sub/industries.csv", 3)]


def test_check_reads_a_companys_folder(own: Path) -> None:
    sound = run("en", "--agreement", str(own))
    (own / "targets.csv").write_text("metric\n", "utf-8")
    faulty = run("ja", "--agreement", str(own))

    assert (sound.returncode, faulty.returncode) == (0, 3)
    assert "no findings" in sound.stdout
    assert faulty.stdout.startswith("acme/targets.csv, ")


@pytest.mark.parametrize(
    ("name", "says"),
    [("scoring_rule.csv", 'did you mean "scoring_rules.csv"?'), ("x.csv", "docs/rules.md")],
)
def test_a_file_that_is_no_seed(own: Path, name: str, says: str) -> None:
    (own / name).write_text("a\n", "utf-8")

    with pytest.raises(UsageError) as caught:
        overlaid(own)

    assert name in caught.value.message["ja"]
    assert says in caught.value.next_step["en"]


def test_a_file_twice(own: Path) -> None:
    (own / "sub" / "targets.csv").write_text("a\n", "utf-8")

    with pytest.raises(UsageError, match=r"targets\.csv is there twice"):
        overlaid(own)


def test_a_folder_without_seeds(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no CSV file"):
        folder_of(None, tmp_path)


def test_preset_and_folder_exclude_one_another(own: Path) -> None:
    with pytest.raises(UsageError, match="exclude"):
        folder_of("small", own)


def test_seeds_that_lie_elsewhere(seeds: SeedFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert base_seeds() == PROJECT_ROOT / "seeds"
    monkeypatch.setenv("LEADLOOP_SEEDS", "")
    assert base_seeds() == PROJECT_ROOT / "seeds"
    monkeypatch.setenv("LEADLOOP_SEEDS", str(seeds.root))
    assert base_seeds() == seeds.root
