"""One version a run: pinned, newest, damaged, or asked for by somebody hostile."""

from __future__ import annotations

import json

import pytest
import warehouse
from reading import address, sentence, texts


@pytest.fixture
def two_versions(tmp_path):
    """An older version with one lead, and the published one."""
    home = tmp_path / "home"
    warehouse.publish(home, "immature", warehouse.OLDER_RUN)
    warehouse.publish(home, "full", warehouse.RUN)
    return home


def test_a_pinned_version_stays(open_page, two_versions):
    app = open_page("leads", home=two_versions, v=warehouse.OLDER_RUN)
    assert "20件" in sentence(app)
    assert address(app, "v") == warehouse.OLDER_RUN


def test_a_pinned_reader_is_told_of_newer_data_and_can_move(open_page, two_versions):
    app = open_page("leads", home=two_versions, v=warehouse.OLDER_RUN)
    assert any(warehouse.RUN in w.value for w in app.warning)
    app.button(key="to_newest").click().run()
    assert "240件" in sentence(app)
    assert "v" not in app.query_params


def test_new_data_never_shows_an_old_figure(open_page, tmp_path):
    home = tmp_path / "home"
    warehouse.publish(home, "immature", warehouse.OLDER_RUN)
    app = open_page("leads", home=home)
    assert "20件" in sentence(app)
    warehouse.publish(home, "full", warehouse.RUN)
    app.run()
    assert "240件" in sentence(app)
    assert any(warehouse.RUN in c.value for c in app.caption)


@pytest.mark.parametrize(
    "run_id",
    [
        "../../../etc",
        "/etc/passwd",
        "20261101T000500Z/../x",
        "20261101T000500Z\x00",
        "'; drop table x; --",
        "20991231T235959Z",
        "x" * 3000,
    ],
)
def test_hostile_or_unknown_versions_fall_back(open_page, two_versions, run_id):
    app = open_page("leads", home=two_versions, v=run_id)
    assert not app.exception
    assert "240件" in sentence(app)


def test_an_unknown_version_is_explained(open_page, two_versions):
    app = open_page("home", home=two_versions, v="20991231T235959Z")
    assert any("その版は保存されていない" in e.value for e in app.error)


def test_a_broken_pointer_falls_back_with_a_red_banner(open_page, two_versions):
    (two_versions / "current.json").write_text("{half", "utf-8")
    app = open_page("home", home=two_versions)
    assert not app.exception
    assert any("公開中の版の記録が読めない" in e.value for e in app.error)


def test_a_version_of_another_shape_says_so(open_page, tmp_path):
    import duckdb

    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts; create table marts.dim_leads (lead_id varchar)")
    warehouse.publish_file(tmp_path / "home", path)
    app = open_page("home", home=tmp_path / "home")
    assert not app.exception
    assert "この版は読めません" in texts(app)
    assert "rollback" in app.code[0].value


@pytest.mark.parametrize(
    ("moment", "word"),
    [
        ("2026-11-01T15:00:00Z", "新しいデータ"),
        ("2026-11-01T18:00:00Z", "更新が遅れています"),
        ("2026-11-05T15:00:00Z", "古いデータです"),
    ],
)
def test_real_data_shows_its_age(open_page, tmp_path, monkeypatch, moment, word):
    monkeypatch.setenv("LEADLOOP_NOW", moment)
    home = tmp_path / "home"
    warehouse.publish(home, "one_row", is_demo=False)
    assert word in _badges(open_page("home", home=home))


def test_demo_data_is_never_called_stale(open_page, monkeypatch):
    monkeypatch.setenv("LEADLOOP_NOW", "2030-01-01T00:00:00Z")
    badges = _badges(open_page("home", "full"))
    assert "見本データ" in badges
    assert "古いデータ" not in badges
    assert "42/42" in badges


def _badges(app) -> str:
    return "\n".join(str(m.value) for m in app.markdown)


def test_the_manifest_of_the_fixture_is_the_real_one(homes):
    manifest = json.loads(
        (homes("full") / "versions" / warehouse.RUN / "manifest.json").read_text("utf-8")
    )
    assert manifest["run_id"] == warehouse.RUN
