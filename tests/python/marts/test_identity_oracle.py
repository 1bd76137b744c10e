"""One person against a plain Python reading of docs/identity.md, on companies made to be difficult."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from leadloop.raw.contract import LOAD_FILES_COLUMNS, LOAD_REJECTS_COLUMNS, TABLES
from tests.python.pipeline.mutant_kit import ProjectCopy
from tests.reference.identity import FIELDS, Identity, Resolution, Rules
from tests.reference.identity_company import AS_OF, Company, make_company

VILLAGES = 700
_TOOL = "oracle"
_CLAIMS = "models/intermediate/identity/int_oracle__identity_claims"
_AS_SHIPPED = Rules(claims_per_id=3, names_per_address=3, source_order=("crm", "ma"))
_OTHERWISE = Rules(
    claims_per_id=None,
    plus_tags_removed=True,
    names_per_address=None,
    same_sources=("form", "web"),
    source_order=("form", "crm"),
    fill_order="source_order",
)
_OFF = Rules(email=False, fill_order=None)


@dataclass
class Judged:
    """A company as the models and as the reference see it."""

    company: Company
    reference: Resolution
    warehouse: Path

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    @property
    def expected(self) -> dict[str, Identity]:
        """Of the leads that count: not refused, not deleted, there at as_of."""
        live = self.reference.live
        return {
            lead_id: found
            for lead_id, found in self.reference.found.items()
            if found.status in ("loaded", "merged") and found.lead_id in live
        }


class Workshop:
    """A copy of the project with a tool that keeps other tools' ids, and companies of its own."""

    def __init__(self, root: Path) -> None:
        self.copy = ProjectCopy(root / "project")
        self.raw = root / "raw"
        rows = self.copy.root / "macros" / "rows.sql"
        text = rows.read_text("utf-8")
        before, macro, after = text.partition("{% macro tool_tables() %}")
        assert macro
        body = after.partition("{% endmacro %}")[2]
        rows.write_text(
            before + macro + "{{ return({'oracle': ['identity_claims']}) }}{% endmacro %}" + body,
            "utf-8",
        )
        claims = (root / "claims.csv").as_posix()
        (self.copy.root / f"{_CLAIMS}.sql").write_text(
            f"select *, 'test' as reason, '' as detail from read_csv('{claims}', all_varchar = true)\n",
            "utf-8",
        )
        self._claims = Path(claims)
        self._builds = 0
        self.scratch = root / "scratch.duckdb"

    def _seed(self, name: str) -> Path:
        return next((self.copy.root / "seeds").glob(f"*/{name}.csv"))

    def _read(self, name: str) -> list[dict[str, str]]:
        with self._seed(name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def judge(self, company: Company, rules: Rules) -> Judged:
        """Builds the company under these rules; the shared mailboxes and characters are the shipped ones."""
        rules = replace(
            rules,
            shared_mailboxes=frozenset(r["local_part"] for r in self._read("shared_mailboxes")),
            character_forms={r["old_form"]: r["new_form"] for r in self._read("character_forms")},
        )
        self._write_raw(company)
        _write_csv(
            self._claims,
            ["lead_id", "same_as_lead_id"],
            [[c.lead_id, c.same_as] for c in company.claims],
        )
        self._write_rules(rules)
        _write_csv(
            self._seed("identity_exceptions"),
            ["lead_id_a", "lead_id_b", "decision", "decided_by", "decided_on", "reason"],
            [
                [d.a, d.b, "same" if d.is_same else "different", "test", "2026-06-01", "a test"]
                for d in company.decisions
            ],
        )
        built = self._dbt()
        reference = Resolution(company.rows, company.claims, company.decisions, rules, AS_OF)
        return Judged(company, reference, built)

    def _dbt(self) -> Path:
        """Builds in a process of its own, which lets go of its files; the file of marts."""
        self._builds += 1
        project = self.copy.root
        warehouse = project.parent / f"built_{self._builds}.duckdb"
        settings = {
            "as_of": AS_OF.strftime("%Y-%m-%d %H:%M:%S"),
            "raw_path": self.raw.as_posix(),
            "tools": _TOOL,
        }
        command = [
            *(
                sys.executable,
                "-c",
                "from dbt.cli.main import cli; cli()",
                "--no-use-colors",
                "build",
            ),
            *("--select", "+lead_identities", "+dim_leads", "+dim_lead_contacts"),
            *("+mart_row_balance", "+int_activities"),
            *("--exclude-resource-type", "unit_test", "--indirect-selection", "cautious"),
            *("--threads", "2", "--vars", json.dumps(settings)),
        ]
        environment = os.environ | {
            "LEADLOOP_WAREHOUSE": str(warehouse),
            "LEADLOOP_SCRATCH": str(self.scratch),
            "DBT_PROJECT_DIR": str(project),
            "DBT_PROFILES_DIR": str(project),
            "DBT_TARGET_PATH": str(project / "target"),
            "DBT_LOG_PATH": str(project / "logs"),
        }
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-3000:]
        return warehouse

    def _write_rules(self, rules: Rules) -> None:
        def row(rule: str, is_on: object, value: object = "") -> list[object]:
            return [rule, "true" if is_on else "false", value or "", "a test"]

        _write_csv(
            self._seed("identity_rules"),
            ["rule", "is_on", "value", "reason"],
            [
                row("claims_per_id", rules.claims_per_id, rules.claims_per_id),
                row("email", rules.email),
                row("plus_tags_removed", rules.plus_tags_removed),
                row("names_per_address", rules.names_per_address, rules.names_per_address),
                row("same_source_email", rules.same_sources, "|".join(rules.same_sources)),
                row("source_order", rules.source_order, "|".join(rules.source_order)),
                row("fill_empty", rules.fill_order, rules.fill_order),
            ],
        )

    def _write_raw(self, company: Company) -> None:
        leads = [
            {
                "lead_id": r.lead_id,
                "created_at": r.created_at.isoformat() if r.created_at else "いつか",
                "updated_at": r.updated_at.isoformat() if r.updated_at else "",
                **{name: getattr(r, name) or "" for name in FIELDS},
                "merged_into_lead_id": r.merged_into or "",
                "is_deleted": str(r.is_deleted).lower(),
                "is_opted_out": str(r.is_opted_out).lower(),
                "_source": r.source,
                "_line": str(r.line),
            }
            for r in company.rows
        ]
        kept = {r.lead_id: r for r in company.rows if r.created_at}
        activities = [
            {
                "activity_id": f"a-{lead_id}",
                "lead_id": lead_id,
                "activity_type": "inquiry",
                "occurred_at": "2026-06-01T00:00:00Z",
                "_source": row.source,
                "_line": str(row.line),
            }
            for lead_id, row in kept.items()
        ]
        counts = Counter(r.source for r in company.rows)
        files = [
            {
                "source": s,
                "table_name": "leads",
                "file": "f",
                "rows_read": str(n),
                "rows_loaded": str(n),
                "rows_rejected": "0",
            }
            for s, n in counts.items()
        ]
        place = ("_source", "_file", "_line", "_loaded_at")
        for name, table in TABLES.items():
            rows = {"leads": leads, "activities": activities}.get(name, [])
            rows = [{**row, "_file": "f", "_loaded_at": "2026-08-01 00:00:00"} for row in rows]
            self._parquet(name, (*table.columns, *place), rows)
        self._parquet("load_files", LOAD_FILES_COLUMNS, files)
        self._parquet("load_rejects", LOAD_REJECTS_COLUMNS, [])

    def _parquet(self, name: str, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
        """All columns as text, as the loader writes them, apart from those it counts itself."""
        folder = self.raw / name
        folder.mkdir(parents=True, exist_ok=True)
        texts = folder.parent / f"{name}.csv"
        _write_csv(texts, list(columns), [[row.get(c, "") for c in columns] for row in rows])
        typed = {
            "_line": "bigint",
            "_loaded_at": "timestamp",
            "line": "bigint",
            "loaded_at": "timestamp",
            "rows_read": "bigint",
            "rows_loaded": "bigint",
            "rows_rejected": "bigint",
        }
        cast = ", ".join(f'cast("{c}" as {typed.get(c, "varchar")}) as "{c}"' for c in columns)
        duckdb.sql(
            f"copy (select {cast} from read_csv('{texts}', all_varchar = true, header = true)) "
            f"to '{folder / 'all.parquet'}' (format parquet)"
        )


def _write_csv(path: Path, header: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("identity"))


@pytest.fixture(scope="module")
def judged(workshop: Workshop) -> dict[str, Judged]:
    """The same company three times, so that a second build also undoes what the first one did."""
    company = make_company(11, VILLAGES)
    undecided = Company(company.rows, company.claims, [])
    return {
        "as shipped": workshop.judge(company, _AS_SHIPPED),
        "undecided": workshop.judge(undecided, _AS_SHIPPED),
        "otherwise": workshop.judge(make_company(12, VILLAGES), _OTHERWISE),
        "off": workshop.judge(make_company(13, VILLAGES // 4), _OFF),
    }


_TRIALS = ("as shipped", "undecided", "otherwise", "off")


@pytest.mark.parametrize("trial", _TRIALS)
def test_every_lead_id_stands_for_whom_the_reference_says(
    judged: dict[str, Judged], trial: str
) -> None:
    one = judged[trial]
    found = {
        row[0]: tuple(row[1:])
        for row in one.rows(
            "select source_lead_id, lead_id, link_reason, link_detail_masked, conflict_reason "
            "from marts.lead_identities"
        )
    }
    expected = {
        lead_id: (i.lead_id, i.reason, i.detail, i.conflict) for lead_id, i in one.expected.items()
    }
    assert set(found) == set(expected)
    wrong = {k: (found[k], expected[k]) for k in expected if found[k] != expected[k]}
    assert wrong == {}


def test_the_companies_are_difficult(judged: dict[str, Judged]) -> None:
    """Every reason and every refusal occurs, and often."""
    reasons = Counter(i.reason for i in judged["as shipped"].expected.values())
    assert min(reasons[r] for r in ("self", "merge", "explicit_id", "email", "decision")) > 50
    refused = Counter(
        i.conflict for one in judged.values() for i in one.expected.values() if i.conflict
    )
    assert set(refused) == {
        "decided_different",
        "same_source",
        "email_chain",
        "chain_too_long",
        "id_of_many",
        "unknown_id",
        "shared_mailbox",
        "many_names",
    }
    assert min(refused.values()) > 10
    assert {i.reason for i in judged["off"].expected.values()} <= {
        "self",
        "merge",
        "explicit_id",
        "decision",
    }


@pytest.mark.parametrize("trial", _TRIALS)
def test_the_lead_that_stays_is_filled(judged: dict[str, Judged], trial: str) -> None:
    one = judged[trial]
    columns = ("email", "full_name", "company_name", "job_title")
    found = {
        row[0]: dict(
            zip((*columns, "owner_id", "is_opted_out", "created_at"), row[1:], strict=True)
        )
        for row in one.rows(
            f"select leads.lead_id, {', '.join(columns)}, owner_id, is_opted_out, created_at "
            "from marts.dim_leads as leads join marts.dim_lead_contacts using (lead_id)"
        )
    }
    survivors = {i.lead_id for i in one.expected.values()}
    assert set(found) == survivors
    filled = 0
    for lead_id, values in found.items():
        said = one.reference.attributes(lead_id)
        said["created_at"] = said["created_at"].replace(tzinfo=None)
        said["email"] = said["email"].strip().lower() if said["email"] else None
        assert values == {name: said[name] for name in values}, lead_id
        filled += said["job_title"] != one.reference.kept[lead_id].job_title
    assert filled > 20 or trial == "off"


@pytest.mark.parametrize("trial", _TRIALS)
def test_every_row_is_counted_once(judged: dict[str, Judged], trial: str) -> None:
    one = judged[trial]
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    for row in one.company.rows:
        expected[row.source][one.reference.statuses[row.line]] += 1
    rows = one.rows(
        "select source, read, loaded, quarantined, duplicates, merged, suppressed "
        "from marts.mart_row_balance where \"table\" = 'leads'"
    )
    assert len(rows) == len(expected) == 4
    for source, read, *parts in rows:
        kinds = ("loaded", "quarantined", "duplicate", "merged", "suppressed")
        assert parts == [expected[source][kind] for kind in kinds], source
        assert read == sum(parts)


def _people(one: Judged) -> Iterator[set[str]]:
    people: dict[str, set[str]] = defaultdict(set)
    for lead_id, stands_for in one.rows(
        "select source_lead_id, lead_id from marts.lead_identities where link_reason <> 'merge'"
    ):
        people[stands_for].add(lead_id)
    yield from people.values()


@pytest.mark.parametrize("trial", _TRIALS)
def test_who_is_different_is_never_one(judged: dict[str, Judged], trial: str) -> None:
    one = judged[trial]
    stands_for = dict(one.rows("select source_lead_id, lead_id from marts.lead_identities"))
    for decision in one.company.decisions:
        if not decision.is_same and decision.a in stands_for and decision.b in stands_for:
            assert stands_for[decision.a] != stands_for[decision.b], decision


def test_an_address_alone_never_joins_two_of_one_source(judged: dict[str, Judged]) -> None:
    """Where no tool holds an id and nobody decided, a person has one lead of each source."""
    one = judged["undecided"]
    claimed = {lead for c in one.company.claims for lead in (c.lead_id, c.same_as)}
    together = 0
    for leads in _people(one):
        if leads & claimed:
            continue
        sources = [lead.split(":")[0] for lead in leads]
        assert len(sources) == len(set(sources)), leads
        together += len(sources) > 1
    assert together > 100


def test_a_decision_undoes_a_link_in_the_next_build(judged: dict[str, Judged]) -> None:
    """What was one person without decisions is two with them, and nobody else's link has changed."""
    before = dict(
        judged["undecided"].rows("select source_lead_id, lead_id from marts.lead_identities")
    )
    after = dict(
        judged["as shipped"].rows("select source_lead_id, lead_id from marts.lead_identities")
    )
    undone = 0
    decided = set()
    for decision in judged["as shipped"].company.decisions:
        decided |= {decision.a.split(":")[1].split("-")[0], decision.b.split(":")[1].split("-")[0]}
        both = {decision.a, decision.b}
        if not decision.is_same and both <= before.keys() & after.keys():
            was_one = before[decision.a] == before[decision.b]
            assert after[decision.a] != after[decision.b]
            undone += was_one
    assert undone >= 20
    elsewhere = [k for k in before if k.split(":")[1].split("-")[0] not in decided]
    assert len(elsewhere) > 500
    assert all(after[k] == before[k] for k in elsewhere)


def test_activities_go_with_the_lead(workshop: Workshop, judged: dict[str, Judged]) -> None:
    """The last build: each lead id has one activity, which is its survivor's if the id counts."""
    one = judged["off"]
    with duckdb.connect(str(workshop.scratch), read_only=True) as connection:
        found = dict(
            connection.execute(
                "select activity_id, lead_id from intermediate.int_activities"
            ).fetchall()
        )
    expected = {f"a-{lead_id}": i.lead_id for lead_id, i in one.expected.items()}
    assert {activity: found.get(activity) for activity in expected} == expected
    assert sum(activity != f"a-{lead}" for activity, lead in found.items()) > 50
