"""The leads that could go out, and why others may not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from leadloop.export.cells import begins_like_a_formula, cell
from leadloop.export.faults import refuse
from leadloop.export.form import Form, Language
from leadloop.load.faults import did_you_mean, nearest
from leadloop.publish.manifest import Manifest

_SQL = Path(__file__).resolve().parent / "sql"
_BATCH = 20_000
IDENTITIES = "lead_identities"


@dataclass(frozen=True)
class Candidate:
    """A lead as the file would have it; `withheld` says why it may not be there."""

    lead_id: str
    key: str
    cells: tuple[str | None, ...]
    withheld: str | None = None


def candidates(
    connection: duckdb.DuckDBPyConnection,
    manifest: Manifest,
    form: Form,
    source: str,
    language: Language,
) -> Iterator[Candidate]:
    """Every lead that the form is about, in the order of the file.

    Raises:
        InputRejected: the version is too old, or has no lead of the source.
    """
    if form.rows == "leads":
        _check_source(connection, manifest, source)
        query, named = "tool_leads.sql", {"source": source}
    else:
        query = "handoff.sql"
        named = {"framework": form.framework, "timezone": manifest.business_timezone}
    seen: set[str] = set()
    for row in _rows(connection, query, named):
        found = _candidate(row, form, language, manifest.business_timezone)
        if found.withheld is None:
            # the first one is sent: a tool would take one of them and refuse the others
            if found.key in seen:
                found = Candidate(found.lead_id, found.key, found.cells, "duplicate_key")
            seen.add(found.key)
        yield found


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, named: dict[str, str]
) -> Iterator[dict[str, Any]]:
    cursor = connection.cursor().execute((_SQL / query).read_text("utf-8"), named)
    names = [d[0] for d in cursor.description or ()]
    while batch := cursor.fetchmany(_BATCH):
        for values in batch:
            yield dict(zip(names, values, strict=True))


def _candidate(row: dict[str, Any], form: Form, language: Language, zone: str) -> Candidate:
    lead_id = row["lead_id"]
    key = row[form.key.value] or ""
    withheld = row["withheld"]
    if form.key.value == "source_lead_id" and key.startswith(form.lead_id_prefix):
        key = key.removeprefix(form.lead_id_prefix)
    elif form.key.value == "source_lead_id":
        withheld = withheld or "foreign_id"
    elif form.key.value == "email" and row["is_merged"]:
        withheld = withheld or "other_address"
    withheld = withheld or _fault_of_key(key, form)
    if withheld:
        return Candidate(lead_id, key, (), withheld)
    cells = tuple(cell(column, row, form, language, zone) for column in form.columns)
    return Candidate(lead_id, key, cells)


def _fault_of_key(key: str, form: Form) -> str | None:
    if not key.strip():
        return "no_key"
    # an apostrophe before it would make it another key
    if begins_like_a_formula(key) or not key.isprintable():
        return "formula_key"
    if form.key.pattern and not re.fullmatch(form.key.pattern, key):
        return "foreign_id"
    return None


def _check_source(connection: duckdb.DuckDBPyConnection, manifest: Manifest, source: str) -> None:
    cursor = connection.cursor()
    try:
        found = cursor.execute("select distinct source from marts.lead_identities order by all")
    except duckdb.CatalogException as error:
        raise refuse("version_too_old", run_id=manifest.run_id, table=IDENTITIES) from error
    sources = [name for (name,) in found.fetchall()]
    if source not in sources:
        near = did_you_mean(nearest(source, sources))
        raise refuse(
            "source_unknown",
            run_id=manifest.run_id,
            source=source,
            sources=" | ".join(sources),
            near_en=near["near_en"],
            near_ja=near["near_ja"],
        )
