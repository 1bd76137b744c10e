"""What a build does, refuses and says about itself."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from publish_kit import INSTANT, MINI, instant_dbt, load_leads, make_home, published

from leadloop.errors import InputRejected, UsageError
from leadloop.publish.build import Options, Silent, build
from leadloop.publish.versions import connect, resolve
from leadloop.settings import Company, Home

FORCE = Options(force=True)


class Heard(Silent):
    def __init__(self) -> None:
        self.stages: list[str] = []
        self.nodes: list[tuple[int, int, str]] = []
        self.unchanged_run: str | None = None

    def stage(self, name):
        self.stages.append(name)

    def node(self, done, total, name):
        self.nodes.append((done, total, name))

    def unchanged(self, manifest):
        self.unchanged_run = manifest.run_id


@pytest.fixture
def home(tmp_path):
    return make_home(tmp_path / "home")


def test_real_dbt_end_to_end_and_a_second_run_that_does_nothing(home):
    heard = Heard()
    manifest = build(home, project=MINI, reporter=heard)
    assert heard.stages == ["lock", "check", "dbt", "audit", "manifest"]
    assert sorted(done for done, _, _ in heard.nodes) == [1, 2, 3, 4, 5, 6]
    assert {total for _, total, _ in heard.nodes} == {6}
    assert "dim_leads" in {name for _, _, name in heard.nodes}
    assert manifest == published(home)
    assert (manifest.company, manifest.is_demo) == ("Mini", False)
    assert f"{manifest.as_of:%Y-%m-%dT%H:%M:%SZ}" == "2026-10-31T15:00:00Z"
    assert manifest.rows == {"dim_leads": 3, "mart_roi_reconciliation": 1, "mart_row_balance": 1}
    assert (manifest.tests.passed, manifest.tests.failed) == (3, 0)
    assert [(f.source, f.rows_read) for f in manifest.inputs] == [("crm", 3)]
    assert manifest.git_commit is None or len(manifest.git_commit) == 40
    path = resolve(home).path
    assert path.stat().st_mode & 0o777 == 0o444
    assert {p.name for p in path.parent.iterdir()} == {"warehouse.duckdb", "manifest.json"}
    with connect(resolve(home)) as connection:
        (as_of,) = connection.table("marts.dim_leads").project("as_of").distinct().fetchone()
    assert str(as_of) == "2026-10-31 15:00:00"

    before = home.pointer.read_bytes()
    heard = Heard()
    assert build(home, project=MINI, reporter=heard) == manifest
    assert heard.unchanged_run == manifest.run_id
    assert heard.stages == ["lock"]
    assert home.pointer.read_bytes() == before

    # dbt's parse of the first run serves a forced second one, which still gets its own run id
    # (the audit has compared it in every mart); another as-of makes dbt parse anew
    logs: list[str] = []

    def run_and_keep_log(call, on_node):
        outcome = MINI.run_dbt(call, on_node)
        logs.append((call.workdir / "logs" / "dbt.log").read_text("utf-8"))
        return outcome

    keeping = replace(MINI, run_dbt=run_and_keep_log)
    assert build(home, FORCE, keeping).run_id > manifest.run_id
    assert build(home, Options(as_of="2026-12-01"), keeping).rows["dim_leads"] == 3
    assert ["Unable to do partial parsing" in log for log in logs] == [False, True]


def test_each_kind_of_change_is_built(home, tmp_path, monkeypatch):
    def is_built(options=None, project=INSTANT):
        heard = Heard()
        build(home, options, project, heard)
        return heard.unchanged_run is None

    assert is_built()
    assert not is_built()
    assert is_built(Options(as_of="2026-11-02"))
    assert is_built()
    load_leads(home, ["d"])
    assert is_built()
    assert not is_built()
    monkeypatch.setenv("LEADLOOP_AS_OF", "2026-11-03T00:00:00Z")
    assert is_built()
    monkeypatch.delenv("LEADLOOP_AS_OF")
    assert is_built()
    assert is_built(FORCE)
    changed = tmp_path / "changed"
    for folder in ("models", "tests", "macros"):
        (changed / folder).mkdir(parents=True)
    (changed / "dbt_project.yml").write_text("name: other\nmodel-paths: [models]\n", "utf-8")
    other = replace(INSTANT, root=changed)
    assert is_built(project=other)
    assert not is_built(project=other)
    (changed / "models" / "new.sql").write_text("select 1", "utf-8")
    assert is_built(project=other)
    home.company_file.write_text(
        Company(as_of="2026-10-31T15:00:00Z", base_currency="EUR").model_dump_json(), "utf-8"
    )
    assert is_built(project=other)


def test_without_an_as_of_of_its_own_a_build_takes_the_present(home, monkeypatch):
    home.company_file.write_text("{}", "utf-8")
    monkeypatch.setenv("LEADLOOP_NOW", "2026-11-05T01:02:03.9Z")
    assert f"{build(home, project=INSTANT).as_of:%FT%TZ}" == "2026-11-05T01:02:03Z"
    monkeypatch.setenv("LEADLOOP_NOW", "2026-11-05T01:02:04Z")
    assert build(home, project=INSTANT).run_id == "20261105T010204Z"


@pytest.mark.parametrize(
    ("given", "utc"),
    [
        ("2026-11-01", "2026-10-31T15:00:00Z"),
        ("2026-11-01T09:30", "2026-11-01T00:30:00Z"),
        ("2026-11-01T09:30:00Z", "2026-11-01T09:30:00Z"),
        ("2026-11-01T09:30:00-05:00", "2026-11-01T14:30:00Z"),
    ],
)
def test_as_of_without_a_zone_is_local(home, given, utc):
    assert f"{build(home, Options(as_of=given), INSTANT).as_of:%FT%TZ}" == utc


def test_as_of_that_is_no_instant(home):
    with pytest.raises(UsageError, match="yesterday"):
        build(home, Options(as_of="yesterday"), INSTANT)


def test_run_ids_rise_although_the_clock_goes_back(home, monkeypatch):
    found = []
    for moment in ("2026-11-05T10:00:00Z", "2026-11-05T08:00:00Z", "2026-11-05T10:00:00Z"):
        monkeypatch.setenv("LEADLOOP_NOW", moment)
        found.append(build(home, FORCE, INSTANT).run_id)
    assert found == ["20261105T100000Z", "20261105T100001Z", "20261105T100002Z"]


def test_nothing_loaded(tmp_path):
    with pytest.raises(InputRejected) as refusal:
        build(Home(tmp_path / "none"), project=INSTANT)
    assert refusal.value.exit_code == 3
    for language in ("en", "ja"):
        text = refusal.value.render(language)
        assert "leadloop load" in text
        assert "leadloop demo" in text
    assert not (tmp_path / "none").exists()


def test_bad_seeds_stop_the_build_before_dbt(home):
    def reject(seeds):
        assert seeds == INSTANT.root / "seeds"
        raise InputRejected("rule twice", "ルールが重複")

    def never(call, on_node):
        raise AssertionError("dbt ran")

    with pytest.raises(InputRejected, match="rule twice"):
        build(home, project=replace(INSTANT, check_seeds=reject, run_dbt=never))
    assert not home.pointer.exists()
    assert not home.versions.exists()


def test_a_companys_own_folder_is_checked_built_and_told_apart(home, tmp_path):
    own = tmp_path / "acme"
    own.mkdir()
    (own / "scorecards.csv").write_text(
        "version,status,valid_from,valid_to\nours,active,2026-01-01,\n", "utf-8"
    )
    seen = []

    def see(call, on_node):
        seen.append(call.seeds)
        return instant_dbt(call, on_node)

    project = replace(INSTANT, check_seeds=seen.append, run_dbt=see)
    heard = Heard()

    def run(folder):
        return build(home, Options(agreement=folder), project, heard)

    first = run(own)
    assert first.scorecards == ["ours"]
    assert seen == [home.root / "cache" / "seeds"] * 2
    assert run(own) == first
    assert heard.unchanged_run == first.run_id
    (own / "scorecards.csv").write_text("version,status,valid_from,valid_to\n", "utf-8")
    second = run(own)
    assert (second.run_id != first.run_id, second.scorecards) == (True, [])
    # without the folder the project's own seeds hold again
    run(None)
    assert seen[-2:] == [INSTANT.root / "seeds", None]


def test_load_beside_a_build_is_noticed(home):
    def load_meanwhile(call, on_node):
        outcome = instant_dbt(call, on_node)
        load_leads(home, ["late"])
        return outcome

    with pytest.raises(InputRejected, match="changed while the build was running"):
        build(home, project=replace(INSTANT, run_dbt=load_meanwhile))
    assert not home.pointer.exists()
    assert build(home, project=INSTANT).rows["dim_leads"] == 4


def test_the_journal_says_who_published_what(home):
    first = build(home, FORCE, INSTANT).run_id
    second = build(home, FORCE, INSTANT).run_id
    lines = (home.root / "publish.log.jsonl").read_text("utf-8").splitlines()
    assert [(e["action"], e["run_id"], e["replaced"]) for e in map(json.loads, lines)] == [
        ("build", first, None),
        ("build", second, first),
    ]
