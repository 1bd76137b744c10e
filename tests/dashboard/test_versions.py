"""One version a run: pinned, newest, damaged, or asked for by somebody hostile."""

from __future__ import annotations

import json
import re
from typing import NoReturn

import duckdb
import pytest
import warehouse
from reading import address, sentence, texts

from dashboard.data import repo


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


def test_the_badge_of_quality_opens_the_page_of_data(open_page):
    links = open_page("home", "full").get("page_link")
    assert [link.proto.page for link in links if "42/42" in link.proto.label] == ["data"]


def _badges(app) -> str:
    links = [str(link.proto.label) for link in app.get("page_link")]
    return "\n".join([*(str(m.value) for m in app.markdown), *links])


def test_the_manifest_of_the_fixture_is_the_real_one(homes):
    manifest = json.loads(
        (homes("full") / "versions" / warehouse.RUN / "manifest.json").read_text("utf-8")
    )
    assert manifest["run_id"] == warehouse.RUN


class Broken:
    """A connection after an error of DuckDB's own: it answers nobody any more."""

    def __init__(self, error: type[duckdb.Error]) -> None:
        self.error = error
        self.is_closed = False

    def cursor(self) -> NoReturn:
        raise self.error("database has been invalidated because of a previous fatal error")

    def close(self) -> None:
        self.is_closed = True


@pytest.mark.parametrize("error", [duckdb.InternalException, duckdb.FatalException])
def test_a_broken_connection_is_opened_anew(open_page, monkeypatch, error):
    """It is no fault of the version, and the next reader must not meet it again."""
    broken, opened = Broken(error), []

    def opening(version):
        opened.append(version)
        return broken if len(opened) == 1 else real(version)

    real = repo.open_connection
    monkeypatch.setattr(repo, "open_connection", opening)
    app = open_page("leads", "full")
    assert "240件" in sentence(app)
    assert broken.is_closed
    assert len(opened) == 2


def test_a_query_that_cannot_be_answered_opens_nothing_anew(open_page, monkeypatch):
    opened = []

    def opening(version):
        opened.append(version)
        return Broken(duckdb.CatalogException)

    monkeypatch.setattr(repo, "open_connection", opening)
    open_page("leads", "full")
    assert len(opened) == 1


def test_no_query_counts_over_a_window():
    """DuckDB 1.5.5 now and then fails at `count(*) over ()` of few rows, and then at everything.

    https://github.com/duckdb/duckdb/issues/25713: two threads race for the window. The place of a
    lead in its owner's list is the one window left, and is partitioned and sorted.
    """
    windows = [
        (name, found)
        for name, query in repo.QUERIES.items()
        for found in re.findall(r"(\w+)\([^()]*\)\s+over\b", query.sql)
    ]
    assert windows == [("leads_list", "row_number")]
