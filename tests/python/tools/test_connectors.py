"""Tables of a connector: read where they lie, they give the figures that their export would give."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from leadloop.errors import AuditFailed, InputRejected
from leadloop.publish.build import Options, build
from leadloop.publish.connectors import connector_state
from leadloop.publish.health import examine, next_step
from leadloop.publish.inputs import fingerprint
from leadloop.publish.manifest import Manifest
from leadloop.publish.run_settings import dbt_variables
from leadloop.settings import PROJECT_ROOT, Company, Connector, Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import Builder, environment, load_into
from tests.python.tools import test_hubspot
from tests.python.tools.test_hubspot import EXPORT
from tests.python.tools.tool_kit import balance, write_export

AS_OF = "2026-03-01T00:00:00Z"

# What a connector's columns are of; everything else is text.
TYPES = {
    "bigint": "id canonical_vid vid_to_merge contact_id engagement_id deal_id owner_id",
    "double": "property_amount property_hubspot_owner_id",
    "timestamp": "timestamp created property_hs_timestamp property_closedate date_entered",
    "timestamptz": "property_createdate property_lastmodifieddate property_hs_createdate",
    "boolean": "_fivetran_deleted filtered_event closed_won is_closed",
}
# ids of mails are letters here
TEXT_IDS = ("email_event", "email_campaign")


def type_of(table: str, column: str) -> str:
    """The type that a connector gives a column."""
    if column == "id" and table in TEXT_IDS:
        return "varchar"
    return next((kind for kind, names in TYPES.items() if column in names.split()), "varchar")


def land(folder: Path, file: Path, schema: str = "fivetran_hubspot", **changed: str) -> Path:
    """EXPORT as typed tables of a schema in a DuckDB file; `changed` says one anew."""
    export = write_export(folder / "export", **{**EXPORT, **changed})
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"set timezone = 'UTC'; create schema {schema}")
        for path in sorted(export.glob("*.csv")):
            table = path.stem
            columns = connection.read_csv(str(path), all_varchar=True).columns
            typed = ", ".join(f'cast("{c}" as {type_of(table, c)}) as "{c}"' for c in columns)
            connection.execute(
                f"create table {schema}.{table} as select {typed}, now() as _fivetran_synced "
                f"from read_csv('{path}', all_varchar=true)"
            )
    return file


def home_with(root: Path, file: Path, schema: str = "fivetran_hubspot") -> Home:
    """A data home that knows nothing but its connector."""
    home = Home(root / "home")
    home.root.mkdir(parents=True)
    company = Company(connectors={"hubspot": Connector(schema=schema, path=str(file))})
    home.company_file.write_text(company.model_dump_json(), "utf-8")
    return home


def manifest_of(built: Built) -> Manifest:
    return Manifest.read(built.warehouse.parent)


@pytest.fixture(scope="module")
def landed(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The tables of a connector that kept an old row of Baba, beside a file of contacts that they replace."""
    root = tmp_path_factory.mktemp("landed")
    older = "101 | baba@old.example | | | | | | 2026-01-05 01:00:00 | 2026-01-31 00:00:00 | | FALSE"
    home = home_with(root, land(root, root / "f.duckdb", contact=f"{EXPORT['contact']}{older}"))
    loaded = "id | property_createdate\n 77 | 2026-01-01"
    load_into(home, write_export(root / "loaded", contact=loaded), "hubspot", at=AS_OF)
    return builder(home, as_of=AS_OF)


@pytest.mark.parametrize(
    "test",
    [
        test_hubspot.test_a_contact_is_a_lead_in_our_words,
        test_hubspot.test_events_find_their_lead,
        test_hubspot.test_a_deal_is_closed_where_its_stage_says_so,
        test_hubspot.test_what_cannot_be_placed_waits,
    ],
)
def test_a_connector_says_what_its_export_says(
    landed: Built, test: Callable[[Built], None]
) -> None:
    """The figures of the files, under the same tests; the old row of Baba changes none of them."""
    test(landed)


def test_every_row_of_a_connector_is_counted_once(landed: Built) -> None:
    """15 tables, the 30 rows of EXPORT and the old one of Baba. The loaded file is not read."""
    lines = {f"hubspot__{t}": len(text.strip().splitlines()) - 1 for t, text in EXPORT.items()}
    found = balance(landed)
    # read, loaded, quarantined, duplicates, merged, suppressed
    assert found["hubspot__contact"] == (4, 2, 0, 1, 0, 1)
    assert {t: read for t, (read, *_) in found.items()} == {**lines, "hubspot__contact": 4}
    assert sum(read for read, *_ in found.values()) == 31
    assert all(read == sum(rest) for read, *rest in found.values())


def test_a_refused_row_names_its_table_and_number(landed: Built) -> None:
    assert landed.rows("select file, line, rule from marts.quarantine order by all") == [
        ("connector:fivetran_hubspot.contact_form_submission", 2, "orphan_lead"),
        ("connector:fivetran_hubspot.contact_property_history", 3, "unmapped_status"),
        ("connector:fivetran_hubspot.email_event", 5, "orphan_lead"),
    ]


def test_the_manifest_names_what_was_read(landed: Built) -> None:
    """The connector's tables and their rows, not the file that they replace."""
    inputs = [f for f in manifest_of(landed).inputs if f.table_name == "hubspot__contact"]
    assert [(f.source, f.file, f.rows_read) for f in inputs] == [
        ("hubspot", "connector:fivetran_hubspot.contact", 4)
    ]


def test_a_missing_optional_column_is_empty_with_one_warning_a_table(landed: Built) -> None:
    """EXPORT's deals have no currency, pipeline, time of change, reason, product, margin, people, or mark of deletion."""
    assert [n for n in manifest_of(landed).notices if "(hubspot__deal)" in n] == [
        "connector:fivetran_hubspot.deal (hubspot__deal) lacks optional columns, left empty: "
        "property_deal_currency_code, deal_pipeline_id, property_hs_lastmodifieddate, "
        "property_closed_lost_reason, property_product, property_gross_margin_rate, "
        "associated_contact_ids, is_deleted"
    ]


def test_a_missing_required_column_stops_with_the_nearest_name(
    landed: Built, tmp_path: Path
) -> None:
    """`created_on` is no alias of `property_createdate`; also, the table has its plural name."""
    file = land(tmp_path, tmp_path / "f.duckdb")
    with duckdb.connect(str(file)) as connection:
        connection.execute("alter table fivetran_hubspot.contact rename to Contacts")
        connection.execute(
            "alter table fivetran_hubspot.contacts rename column property_createdate to created_on"
        )
    home = home_with(tmp_path, file)
    shutil.copytree(landed.home.root / "cache", home.root / "cache")
    with environment(), pytest.raises(AuditFailed) as refusal:
        build(home, Options(as_of=AS_OF))
    text = refusal.value.render("en")
    assert (
        "connector:fivetran_hubspot.Contacts (hubspot__contact) lacks the required column "
        "property_createdate; the nearest it has is created_on" in text
    )
    assert not home.pointer.exists()


def test_a_file_that_a_connector_wrote_again_is_another_input(tmp_path: Path) -> None:
    """By size and time of change; without a file nobody can tell, and every build counts."""
    file = tmp_path / "f.duckdb"
    file.write_bytes(b"a")
    home = home_with(tmp_path, file)
    first = connector_state(home.company(), home)
    assert connector_state(home.company(), home) == first
    os.utime(file, (1, 1))
    second = connector_state(home.company(), home)
    file.with_name("f.duckdb.wal").write_bytes(b"a")
    third = connector_state(home.company(), home)
    assert len({str(first), str(second), str(third)}) == 3
    in_warehouse = Company.model_validate({"connectors": {"hubspot": {"schema": "s"}}})
    assert connector_state(in_warehouse, home) != connector_state(in_warehouse, home)


def test_the_state_is_in_what_a_build_compares(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert fingerprint(home, PROJECT_ROOT, {}, None, [("connector", "1")]) != fingerprint(
        home, PROJECT_ROOT, {}, None, [("connector", "2")]
    )


def test_a_connector_turns_its_tool_on(tmp_path: Path) -> None:
    """A relative path counts from the data home; what a load writes keeps the word `schema`."""
    home = home_with(tmp_path, Path("fivetran.duckdb"))
    variables = dbt_variables(home.company(), datetime(2026, 3, 1, tzinfo=UTC), home)
    assert variables["tools"] == "hubspot"
    assert json.loads(variables["connectors"]) == {
        "hubspot": {"schema": "fivetran_hubspot", "path": str(home.root / "fivetran.duckdb")}
    }
    assert json.loads(Company().model_dump_json())["connectors"] == {}


def test_the_doctor_says_where_a_tool_comes_from(tmp_path: Path) -> None:
    home = home_with(tmp_path, tmp_path / "f.duckdb")
    assert [(f.level, "no file" in f.en) for f in examine(home) if f.name == "tools"] == [
        ("bad", True)
    ]
    (tmp_path / "f.duckdb").write_bytes(b"a")
    assert [(f.level, f.en) for f in examine(home) if f.name == "tools"] == [
        ("ok", f"hubspot: connector, schema fivetran_hubspot ({tmp_path / 'f.duckdb'})")
    ]
    assert next_step(home)[0] == "run `leadloop build`"


@pytest.mark.parametrize(
    ("connectors", "rule", "word"),
    [
        ({"hubpsot": {"schema": "s"}}, "connector_unknown_tool", "hubspot"),
        ({"hubspot": {"schema": "s", "path": "no.duckdb"}}, "connector_file_missing", "no.duckdb"),
        ({"hubspot": {"path": "no.duckdb"}}, "company_settings", "schema"),
        (
            {"hubspot": {"schema": "s", "path": "a", "database": "b"}},
            "company_settings",
            "not both",
        ),
    ],
)
def test_a_connector_that_cannot_be(
    tmp_path: Path, connectors: dict[str, object], rule: str, word: str
) -> None:
    home = Home(tmp_path)
    home.company_file.write_text(json.dumps({"connectors": connectors}), "utf-8")
    with environment(), pytest.raises(InputRejected) as refusal:
        build(home)
    assert refusal.value.place.rule == rule
    assert word in refusal.value.render("en")
    assert refusal.value.render("ja") != refusal.value.render("en")
