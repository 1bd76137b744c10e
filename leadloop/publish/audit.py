"""The last look before publishing: at the very file, through the very connection, readers get."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import duckdb

from leadloop.errors import AuditFailed
from leadloop.publish.expectations import QUARANTINE, RECONCILIATION, ROW_BALANCE, Mart
from leadloop.publish.manifest import LoadedFile

_SHOWN = 20

CheckQueries = Callable[[duckdb.DuckDBPyConnection], None]


@dataclass(frozen=True)
class Finding:
    """One reason not to publish."""

    subject: str
    en: str
    ja: str


def audit(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    marts: Sequence[Mart],
    inputs: Sequence[LoadedFile],
    check_queries: CheckQueries,
) -> dict[str, int]:
    """Check a finished warehouse and return the row count of every table in `marts`.

    Raises:
        AuditFailed: naming everything that is wrong.
    """
    rows = _count_rows(connection)
    missing = [m.name for m in marts if m.name not in rows]
    findings = [Finding(n, "the mart is missing", "マートがありません") for n in missing]
    present = {m.name for m in marts} - set(missing)
    findings += _wrong_run(connection, run_id, rows)
    if ROW_BALANCE in present:
        balance = _read_balance(connection)
        findings += _unbalanced(balance, inputs)
        findings += _empty(marts, rows, balance)
        if QUARANTINE in present:
            findings += _unexplained(rows, balance)
    if RECONCILIATION in present:
        findings += _unreconciled(connection)
    if not findings:
        findings += _failing_queries(connection, check_queries)
    if findings:
        raise audit_failed(findings)
    return rows


def check_dashboard_queries(connection: duckdb.DuckDBPyConnection) -> None:
    """Run every named query of the dashboard with its example parameters."""
    # imported here: a build must not need the dashboard's libraries before this point
    repo = importlib.import_module("dashboard.data.repo")
    repo.run_all_examples(connection)


def audit_failed(findings: Sequence[Finding]) -> AuditFailed:
    """One error that lists the findings."""
    shown, more = findings[:_SHOWN], len(findings) - _SHOWN

    def lines(pairs: Iterable[tuple[str, str]], tail: str) -> str:
        return "".join(f"\n  {s}: {t}" for s, t in pairs) + (f"\n  {tail}" if more > 0 else "")

    return AuditFailed(
        "the build is not fit to be published; readers keep the last version:"
        + lines(((f.subject, f.en) for f in shown), f"and {more} more"),
        "公開できない結果でした。閲覧側は直前の版のままです:"
        + lines(((f.subject, f.ja) for f in shown), f"ほか {more} 件"),
        "mend what is named, then run `leadloop build` again",
        "上記を直してから `leadloop build` を再実行してください",
    )


def _count_rows(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    names = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'marts' order by table_name"
    ).fetchall()
    return {name: _value(connection, name, "count(*)") for (name,) in names}


def _value(connection: duckdb.DuckDBPyConnection, mart: str, expression: str) -> int:
    row = connection.table(f"marts.{mart}").aggregate(expression).fetchone()
    return int(row[0] or 0) if row else 0


def _wrong_run(
    connection: duckdb.DuckDBPyConnection, run_id: str, rows: dict[str, int]
) -> Iterator[Finding]:
    for name in rows:
        if "run_id" not in connection.table(f"marts.{name}").columns:
            yield Finding(name, "it has no column run_id", "run_id 列がありません")
            continue
        # run_id has the form of a date, see pointer.is_run_id: nothing in it needs quoting
        other = _value(connection, name, f"count(*) filter (run_id is distinct from '{run_id}')")
        if other:
            yield Finding(
                name,
                f"{other} rows do not belong to run {run_id}",
                f"{other} 行が実行 {run_id} のものではありません",
            )


BalanceRow = tuple[str, str, int, int, int, int, int, int]


def _read_balance(connection: duckdb.DuckDBPyConnection) -> list[BalanceRow]:
    return connection.execute(
        'select source, "table", read, loaded, quarantined, duplicates, merged, suppressed '
        "from marts.mart_row_balance"
    ).fetchall()


def _unbalanced(balance: Sequence[BalanceRow], inputs: Sequence[LoadedFile]) -> Iterator[Finding]:
    """Read = loaded + quarantined + duplicates + merged + suppressed, and = the files' rows."""
    counted: Counter[tuple[str, str]] = Counter()
    for source, table, read, *parts in balance:
        counted[source, table] += read or 0
        if read is None or None in parts or read != sum(parts):
            yield Finding(
                f"{ROW_BALANCE} {source}.{table}",
                f"{read} rows read, {parts} accounted for",
                f"読んだ {read} 行と内訳 {parts} が一致しません",
            )
    loaded: Counter[tuple[str, str]] = Counter()
    for file in inputs:
        loaded[file.source, file.table_name] += file.rows_read
    for key in sorted(set(counted) | set(loaded)):
        if counted[key] != loaded[key]:
            yield Finding(
                f"{ROW_BALANCE} {'.'.join(key)}",
                f"the loader read {loaded[key]} rows, the balance says {counted[key]}",
                f"読み込みは {loaded[key]} 行、収支表は {counted[key]} 行です",
            )


def _empty(
    marts: Sequence[Mart], rows: dict[str, int], balance: Sequence[BalanceRow]
) -> Iterator[Finding]:
    with_rows = {table for _, table, _, loaded, *_ in balance if loaded}
    for mart in marts:
        if mart.needs and with_rows.issuperset(mart.needs) and rows.get(mart.name) == 0:
            names = ", ".join(mart.needs)
            yield Finding(
                mart.name,
                f"it is empty although {names} have rows",
                f"{names} に行があるのに空です",
            )


def _unexplained(rows: dict[str, int], balance: Sequence[BalanceRow]) -> Iterator[Finding]:
    quarantined = sum(row[4] or 0 for row in balance)
    if quarantined > rows[QUARANTINE]:
        yield Finding(
            QUARANTINE,
            f"{quarantined} rows were quarantined, only {rows[QUARANTINE]} are listed",
            f"{quarantined} 行を隔離しましたが、一覧には {rows[QUARANTINE]} 行しかありません",
        )


def _unreconciled(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    periods = connection.execute(
        "select cast(period as varchar), model, difference from marts.mart_roi_reconciliation "
        "where difference is distinct from 0 or revenue_booked is distinct from "
        "revenue_attributed + revenue_unattributed + revenue_outside_window "
        "+ revenue_without_contact_role order by period, model"
    ).fetchall()
    for period, model, difference in periods:
        yield Finding(
            f"{RECONCILIATION} {period} {model}",
            f"revenue booked and attributed differ by {difference}",
            f"計上額と配分額の差が {difference} です",
        )


def _failing_queries(
    connection: duckdb.DuckDBPyConnection, check_queries: CheckQueries
) -> Iterator[Finding]:
    try:
        check_queries(connection)
    except Exception as error:  # whatever it is, the dashboard would show it to the meeting
        name = getattr(error, "query", None) or getattr(error, "name", None) or "?"
        text = " ".join(str(error).split())
        yield Finding(
            f"dashboard query {name}",
            f"it does not run: {text}",
            f"ダッシュボードの問い合わせが実行できません: {text}",
        )
