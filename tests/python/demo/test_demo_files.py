"""The files: the same bytes each time, readable in their encodings, loaded to the same rows."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import datetime
from pathlib import Path

import pytest

from leadloop.demo import GeneratedCompany, demo_company, generate, generate_raw
from leadloop.demo.csv_form import EXPORTS
from leadloop.errors import UsageError
from leadloop.load.mapping_file import read_mapping
from leadloop.load.run import load
from leadloop.raw.contract import TABLES
from leadloop.settings import Company, Home

from .conftest import LEADS, open_raw


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_arguments_give_the_same_bytes(
    exported_company: GeneratedCompany, raw_company: GeneratedCompany, tmp_path: Path
) -> None:
    generate(tmp_path / "csv", leads=LEADS)
    generate_raw(tmp_path / "raw", leads=LEADS)
    assert _digests(tmp_path / "csv") == _digests(exported_company.out_dir)
    assert _digests(tmp_path / "raw") == _digests(raw_company.out_dir)


def test_another_seed_gives_another_company(
    exported_company: GeneratedCompany, tmp_path: Path
) -> None:
    other = generate(tmp_path, leads=LEADS, seed=8)
    assert other.truth["rates"] != exported_company.truth["rates"]


def test_a_second_run_leaves_no_file_of_the_first(tmp_path: Path) -> None:
    generate(tmp_path, leads=200, months=24)
    short = generate(tmp_path, leads=200, months=6)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in short.files}


def test_time_zone_of_the_machine_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = generate(tmp_path / "here", leads=200)
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        there = generate(tmp_path / "there", leads=200)
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()
    assert _digests(here.out_dir) == _digests(there.out_dir)


def test_sales_exports_are_cp932_with_vendor_characters(
    exported_company: GeneratedCompany,
) -> None:
    text = (exported_company.out_dir / "deals.csv").read_bytes().decode("cp932")
    for character in "㈱①髙﨑":
        assert character in text
    assert text.splitlines()[0].startswith('"商談ID","リードID"')


def test_marketing_exports_are_utf8_and_leads_start_with_a_bom(
    exported_company: GeneratedCompany,
) -> None:
    leads = (exported_company.out_dir / "leads.csv").read_bytes()
    assert leads.startswith(b"\xef\xbb\xbf")
    assert leads.decode("utf-8-sig").startswith('"リードID"')
    quarters = sorted(exported_company.out_dir.glob("activities_*.csv"))
    assert [path.stem for path in quarters][:2] == ["activities_2024q4", "activities_2025q1"]
    assert quarters[-1].stem == "activities_2026q4"


def test_exports_cover_the_raw_contract() -> None:
    for name, spec in TABLES.items():
        exported = {column.raw for column in EXPORTS[name].columns}
        missing = set(spec.columns) - exported
        assert missing <= {"entity", "content"}, name


def test_mapping_knows_every_word_of_the_exports() -> None:
    mapping = read_mapping("demo")
    for name, export in EXPORTS.items():
        (spec,) = mapping.tables[name]
        for column in export.columns:
            mapped = spec.columns[column.raw]
            assert mapped.column == column.header
            for code, word in column.words.items():
                assert mapped.map[word] == code, (name, word)


def test_loader_reads_the_exports_to_the_very_rows_of_the_raw_form(
    exported_company: GeneratedCompany, raw_company: GeneratedCompany, tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    report = load(read_mapping("demo"), exported_company.out_dir, home)
    assert sum(file.rows_rejected for file in report.files) == 0
    with open_raw(home.raw) as loaded, open_raw(raw_company.out_dir) as direct:
        for name, spec in TABLES.items():
            query = f"select {', '.join(spec.columns)} from {name} order by all"
            mine, theirs = direct.sql(query).fetchall(), loaded.sql(query).fetchall()
            assert len(theirs) == exported_company.rows[name]
            assert mine == theirs, name
    assert home.company() == demo_company()


def test_raw_form_accounts_for_its_files(raw_company: GeneratedCompany) -> None:
    with open_raw(raw_company.out_dir) as raw:
        counted = dict(raw.sql("select table_name, sum(rows_loaded) from load_files group by 1")
                       .fetchall())  # fmt: skip
        assert counted == raw_company.rows
        assert raw.sql("select count(*) from load_rejects").fetchone() == (0,)
        lines = raw.sql("select min(_line), count(distinct _line) from leads").fetchone()
        assert lines == (2, raw_company.rows["leads"])


def test_truth_is_written_beside_the_exports(exported_company: GeneratedCompany) -> None:
    text = (exported_company.out_dir / "truth.json").read_text("utf-8")
    assert json.loads(text) == exported_company.truth


def test_sample_company_in_the_project_is_what_the_generator_makes(tmp_path: Path) -> None:
    from leadloop.demo.sample import make_sample
    from leadloop.settings import PROJECT_ROOT

    sample = PROJECT_ROOT / "sample"
    make_sample(tmp_path)
    with open_raw(sample / "raw") as kept, open_raw(tmp_path / "raw") as made:
        for name in (*TABLES, "load_files", "load_rejects"):
            query = f"select * from {name} order by all"
            assert kept.sql(query).fetchall() == made.sql(query).fetchall(), name
    assert Company.model_validate_json((sample / "company.json").read_text()).is_demo
    size = sum(path.stat().st_size for path in sample.rglob("*") if path.is_file())
    assert size <= 2_000_000


@pytest.mark.parametrize(
    "arguments",
    [{"leads": 99}, {"months": 0}, {"as_of": datetime(2026, 10, 31)}],  # noqa: DTZ001
)
def test_impossible_plans_are_refused(arguments: dict, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        generate(tmp_path, **arguments)
    assert refused.value.next_step["ja"]
