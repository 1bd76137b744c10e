"""The page of data: balance, rows held back, freshness, changes of columns, identities, builds."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import warehouse

from dashboard.data.builds import recent_builds
from dashboard.ui import i18n
from leadloop.publish.journal import note
from leadloop.publish.manifest import FILE_NAME, LoadedFile, Manifest, SchemaChange
from leadloop.settings import Home

JA = i18n.Translator("ja")
DAY = timedelta(days=1)


def told(app) -> str:
    shown = (*app.markdown, *app.caption, *app.info, *app.success, *app.error, *app.warning)
    return "\n".join(str(m.value) for m in shown)


def table(app, first_column: str):
    """The table whose first column has that name."""
    found = [f.value for f in app.dataframe if list(f.value.columns)[:1] == [first_column]]
    assert len(found) == 1, first_column
    return found[0]


def with_manifest(home: Path, **changes: object) -> None:
    path = home / "versions" / warehouse.RUN / FILE_NAME
    manifest = Manifest.model_validate_json(path.read_text("utf-8")).model_copy(update=changes)
    path.write_bytes(manifest.to_bytes())


def loaded(table_name: str, loaded_at: datetime) -> LoadedFile:
    return LoadedFile(
        source="ma",
        table_name=table_name,
        file=f"{table_name}.csv",
        sha256="x",
        rows_read=5,
        rows_loaded=5,
        rows_rejected=0,
        loaded_at=loaded_at,
    )


def test_a_balance_without_a_difference_says_so(open_page):
    app = open_page("data", "full")
    assert not app.exception
    assert JA("health.balance_whole", n=1) in told(app)
    frames = [f.value for f in app.dataframe if JA("health.difference") in f.value.columns]
    assert len(frames) == 1
    line = frames[0].iloc[0]
    # 245 = 240 + 3 + 2 + 0 + 0 in the fixture
    assert line[JA("health.read")] == "245"
    assert line[JA("health.difference")] == "0"


def test_a_difference_comes_first_and_is_an_error(open_page, tmp_path):
    home = tmp_path / "home"
    house = warehouse.full()
    house.add("mart_row_balance", "sfa", "deals", 10, 8, 1, 0, 0, 0)
    scratch = tmp_path / "house.duckdb"
    house.write(scratch)
    warehouse.publish_file(home, scratch)
    app = open_page("data", home=home)
    assert JA("health.balance_broken", n=1) in told(app)
    frame = next(f.value for f in app.dataframe if JA("health.difference") in f.value.columns)
    assert list(frame[JA("health.difference")]) == ["1", "0"]
    assert "行数の差は1行です" in told(app)


def test_a_reason_opens_its_rows_and_they_can_be_taken_away(open_page):
    app = open_page("data", "full", reason="timestamp")
    rows = next(f.value for f in app.dataframe if JA("health.value") in f.value.columns)
    assert list(rows[JA("health.line")]) == ["4", "9", "12"]
    assert set(rows[JA("health.value")]) == {"2026-13-**"}
    assert app.selectbox(key="reason").value == "timestamp"
    # an unknown rule in the address is every rule
    assert open_page("data", "full", reason="nonsense").selectbox(key="reason").value == ""


def test_the_download_holds_the_masked_rows(homes):
    from dashboard.data.store import Store
    from dashboard.data.version import open_data
    from dashboard.ui.context import Context
    from dashboard.ui.format import Formatter
    from dashboard.ui.health import held
    from dashboard.ui.labels import Labels

    store = Store(open_data(Home(homes("full"))))
    ctx = Context(JA, Formatter(JA), store, Labels.of(store.ask("labels"), JA), "data")
    text = held.export(ctx, "timestamp").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0][6] == JA("health.value")
    assert [line[3] for line in lines[1:4]] == ["4", "9", "12"]
    assert {line[6] for line in lines[1:4]} == {"2026-13-**"}
    assert [JA("health.run"), warehouse.RUN] in lines


def test_freshness_and_changed_columns_say_what_is_late_and_what_came(open_page, tmp_path):
    home = tmp_path / "home"
    warehouse.publish(home, "full")
    with_manifest(
        home,
        inputs=[loaded("leads", warehouse.AS_OF), loaded("leads", warehouse.AS_OF - DAY)],
        schema_changes=[
            SchemaChange(source="ma", table_name="leads", column="予算", is_added=True),
            SchemaChange(source="ma", table_name="chats", column=None, is_added=False),
        ],
    )
    app = open_page("data", home=home)
    fresh = next(f.value for f in app.dataframe if JA("health.behind") in f.value.columns)
    words = dict(zip(fresh[JA("health.table")], fresh[JA("health.behind")], strict=True))
    assert words == {
        "activities": "⚠ 遅れ（27時間前）",
        "deals": "▼ 古い（75時間前）",
        "leads": "✓ 26時間前",
    }
    assert list(fresh[JA("health.table")]) == ["deals", "activities", "leads"]
    # the later of two loads; a table of a connector was never loaded
    assert list(fresh[JA("health.loaded_at")]) == ["—", "—", "2026/11/01(日) 00:00"]
    changes = table(app, JA("health.change"))
    assert [tuple(line) for line in changes.itertuples(index=False)] == [
        (JA("health.column_came"), "ma", "leads", "予算"),
        (JA("health.table_went"), "ma", "chats", ""),
    ]


def test_links_between_ids_can_be_opened_by_their_reason(open_page):
    app = open_page("data", "full", link="email")
    links = table(app, JA("health.id"))
    assert list(links[JA("health.by")]) == ["y***@example.co.jp"]
    refused = table(open_page("data", "full", link="conflict"), JA("health.id"))
    assert list(refused[JA("health.conflict")]) == [JA("health.conflict_shared_mailbox")]


def test_an_empty_version_says_what_is_missing(open_page):
    app = open_page("data", "empty")
    for key in ("nothing_read", "nothing_held", "nothing_odd", "no_ids", "no_schema_changes"):
        assert JA(f"state.{key}") in told(app), key


def test_the_strip_tells_builds_rollbacks_and_refusals_apart(tmp_path):
    home = Home(tmp_path / "home")
    warehouse.publish(home.root, "one_row")
    with (home.root / "publish.log.jsonl").open("w", encoding="utf-8") as log:
        gone = {"at": "2026-10-02T00:00:00Z", "action": "build", "run_id": "20261002T000000Z",
                "seconds": 12.5, "tests_passed": 40, "tests_warned": 1, "held": 3}  # fmt: skip
        log.write(json.dumps(gone) + "\nnot json\n")
        log.write(json.dumps({"at": "x", "action": "build", "run_id": warehouse.RUN}) + "\n")
        log.write(json.dumps({"at": "2026-10-02", "action": "build", "run_id": "../.."}) + "\n")
    failed = home.work / "20261003T000000Z"
    failed.mkdir(parents=True)
    (failed / "FAILED.txt").write_text("{}", "utf-8")
    note(home, "rollback", warehouse.RUN, None, "wrong file")
    made = recent_builds(home)
    assert [(b.run_id, b.state) for b in made] == [
        ("20261002T000000Z", "amber"),
        ("20261003T000000Z", "rejected"),
        # no readable line of the log, but the version is there
        (warehouse.RUN, "ok"),
        (warehouse.RUN, "rollback"),
    ]
    assert (made[0].seconds, made[0].held) == (12.5, 3)
    assert made[-1].reason == "wrong file"
    assert made[0].at == datetime(2026, 10, 2, tzinfo=UTC)
    assert [b.run_id for b in recent_builds(home, limit=1)] == [made[-1].run_id]


def test_the_page_reads_no_mart_with_names_or_addresses(homes):
    """What never reaches the page cannot be shown by it."""
    path = homes("full") / "versions" / warehouse.RUN / "warehouse.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        columns = {
            name
            for (name,) in connection.execute(
                "select column_name from duckdb_columns() where table_name in "
                "('mart_row_balance', 'quarantine', 'mart_data_warnings', 'lead_identities')"
            ).fetchall()
        }
    assert not columns & {"email", "full_name"}
