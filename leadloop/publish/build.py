"""One build: lock, check, dbt, audit, manifest, rename, pointer, clearing up.

Everything before the pointer happens where nobody reads. Running again is the whole recovery.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn, Protocol

import duckdb

from leadloop import clock
from leadloop.agreement.folders import base_seeds, compose
from leadloop.errors import AuditFailed, InputRejected, LeadloopError, Place
from leadloop.publish import journal, retention, stages
from leadloop.publish.audit import (
    CheckQueries,
    Finding,
    audit,
    audit_failed,
    check_dashboard_queries,
)
from leadloop.publish.carried import carry_over
from leadloop.publish.connection import connect_file
from leadloop.publish.connectors import connector_state, inputs_read, require_connectors
from leadloop.publish.dbt_run import DbtCall, DbtOutcome, Runner, run_dbt
from leadloop.publish.durable import disk_full, sha256_of, storage
from leadloop.publish.expectations import MARTS, Mart
from leadloop.publish.inputs import fingerprint, loaded_files, raw_files, raw_paths, require_raw
from leadloop.publish.lock import build_lock
from leadloop.publish.manifest import WAREHOUSE_NAME, LoadedFile, Manifest, RawFile
from leadloop.publish.pointer import Pointer, PointerProblem, flip, next_run_id, read_pointer
from leadloop.publish.results import Results, read_results
from leadloop.publish.run_settings import (
    as_of_of,
    company_of,
    dbt_variables,
    scorecards_in_force,
)
from leadloop.publish.schema_changes import schema_changes
from leadloop.publish.seal import checkpoint, put_in_place
from leadloop.publish.versions import Version, list_versions, open_version
from leadloop.settings import PROJECT_ROOT, Company, Home

DUCKDB = "duckdb"

# what DuckDB and the system say when a disk is full
_NO_ROOM = ("No space left on device", "File too large", "Disk quota exceeded")


def _check_seeds(seeds: Path) -> None:
    # imported here, because a build that changes nothing needs no check
    from leadloop.agreement import ensure_seeds

    ensure_seeds(seeds)


@dataclass(frozen=True)
class Project:
    """The dbt project to build, and what its result has to pass."""

    root: Path = PROJECT_ROOT
    marts: tuple[Mart, ...] = MARTS
    check_seeds: Callable[[Path], object] = _check_seeds
    check_queries: CheckQueries = check_dashboard_queries
    run_dbt: Runner = run_dbt


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    as_of: str | None = None
    force: bool = False
    threads: int = 2
    target: str = DUCKDB
    # a company's own folder: its files replace the project's seeds of the same names
    agreement: Path | None = None


class Reporter(Protocol):
    """Hears how a build goes on."""

    def stage(self, name: str) -> None: ...
    def node(self, done: int, total: int, name: str) -> None: ...
    def unchanged(self, manifest: Manifest) -> None: ...


class Silent:
    """A reporter that says nothing."""

    def stage(self, name: str) -> None: ...
    def node(self, done: int, total: int, name: str) -> None: ...
    def unchanged(self, manifest: Manifest) -> None: ...


def build(
    home: Home,
    options: Options | None = None,
    project: Project | None = None,
    reporter: Reporter | None = None,
) -> Manifest:
    """Build, audit and publish a version; return its manifest.

    Where nothing has changed since the current version was built, that version's manifest comes
    back, after `reporter.unchanged`.

    Raises:
        Locked: another build is running.
        InputRejected: nothing is loaded, or the agreement seeds are wrong.
        AuditFailed: dbt failed, or its result is not fit for readers.
        PublishFailed: the disk refused.
    """
    if not company_of(home).connectors:
        require_raw(home)
    with build_lock(home):
        run = _Run(home, options or Options(), project or Project(), reporter or Silent())
        return run.execute()


@dataclass
class _Run:
    home: Home
    options: Options
    project: Project
    reporter: Reporter
    started: float = field(default_factory=time.monotonic)
    seconds: dict[str, float] = field(default_factory=dict)
    seeds: Path = Path()

    def execute(self) -> Manifest:
        home = self.home
        with self._stage("lock"):
            retention.clear_work(home)
            company = company_of(home)
            require_connectors(company, home)
            as_of = as_of_of(company, self.options.as_of)
            variables = dbt_variables(company, as_of, self.home)
            self.seeds = self._seeds()
            print_of_inputs = fingerprint(
                home,
                self.project.root,
                {**variables, "target": self.options.target},
                self._foreign_seeds(),
                connector_state(company, home),
            )
            current = _current(home)
        if current and current.fingerprint == print_of_inputs and not self.options.force:
            self.reporter.unchanged(current)
            return current
        with self._stage("check"):
            self.project.check_seeds(self.seeds)
        run_id = next_run_id(_newest_run_id(home), clock.now())
        workdir = home.work / run_id
        with storage(workdir):
            workdir.mkdir(parents=True)
        try:
            return self._build(run_id, workdir, company, as_of, variables, print_of_inputs)
        except LeadloopError as error:
            self._keep_for_looking(workdir, error)
            raise
        except BaseException:
            shutil.rmtree(workdir, ignore_errors=True)
            raise

    def _build(
        self,
        run_id: str,
        workdir: Path,
        company: Company,
        as_of: datetime,
        variables: dict[str, str],
        print_of_inputs: str,
    ) -> Manifest:
        inputs = loaded_files(self.home)
        raw = raw_files(self.home)
        with self._stage("dbt"):
            with storage(workdir):
                carried = carry_over(_current_version(self.home), workdir / "carried")
            results, heard = self._dbt(run_id, workdir, {**variables, "carried_path": str(carried)})
            inputs = inputs_read(inputs, heard.landed)
        with self._stage("audit"):
            outbox = workdir / "out"
            with storage(workdir):
                outbox.mkdir()
                (workdir / WAREHOUSE_NAME).rename(outbox / WAREHOUSE_NAME)
            warehouse = outbox / WAREHOUSE_NAME
            checkpoint(warehouse)
            _require_same_raw(self.home, raw)
            rows = self._audit(warehouse, run_id, inputs)
            before = _current(self.home)
        with self._stage("manifest"), storage(warehouse):
            manifest = Manifest(
                run_id=run_id,
                built_at=clock.now(),
                as_of=as_of,
                is_demo=company.is_demo,
                company=company.name,
                business_timezone=company.business_timezone,
                base_currency=company.base_currency,
                fingerprint=print_of_inputs,
                scorecards=scorecards_in_force(self.seeds, company, as_of),
                rows=rows,
                tests=results.tests,
                notices=heard.warnings,
                inputs=inputs,
                schema_changes=schema_changes(before.inputs if before else None, inputs),
                raw_files=raw,
                leadloop_version=version("leadloop"),
                dbt_version=version("dbt-core"),
                duckdb_version=duckdb.__version__,
                target=self.options.target,
                git_commit=_git_commit(self.project.root),
                wall_seconds=round(time.monotonic() - self.started, 3),
                stage_seconds=self.seconds,
                size=warehouse.stat().st_size,
                sha256=sha256_of(warehouse),
            )
            put_in_place(self.home, outbox, manifest)
        self._publish(manifest)
        return manifest

    def _dbt(
        self, run_id: str, workdir: Path, variables: dict[str, str]
    ) -> tuple[Results, DbtOutcome]:
        call = DbtCall(
            project_root=self.project.root,
            workdir=workdir,
            warehouse=workdir / WAREHOUSE_NAME,
            scratch=workdir / "scratch.duckdb",
            cache=self.home.root / "cache",
            variables={**variables, "run_id": run_id, "raw_path": str(self.home.raw)},
            threads=self.options.threads,
            seeds=self._foreign_seeds(),
        )
        with storage(workdir):
            outcome = self._runner()(call, self.reporter.node)
        results = read_results(call.target)
        if outcome.exit_code or results is None or results.failures:
            _refuse(call, outcome, results)
        return results, outcome

    def _seeds(self) -> Path:
        """The complete seeds of this build.

        Where they are not the project's, they are a copy, in one place for every run, so that
        dbt's parse holds from one run to the next; the lock sees to it that nobody else writes it.
        """
        base = base_seeds(self.project.root)
        if self.options.agreement is None and base == self.project.root / "seeds":
            return base
        into = self.home.root / "cache" / "seeds"
        with storage(into):
            return compose(base, self.options.agreement, into)

    def _foreign_seeds(self) -> Path | None:
        return self.seeds if self.seeds != self.project.root / "seeds" else None

    def _runner(self) -> Runner:
        if self.options.target == DUCKDB:
            return self.project.run_dbt
        # imported here: the second engine is an extra
        from leadloop.spark.run import runner_of

        return runner_of(self.options.target)

    def _audit(self, warehouse: Path, run_id: str, inputs: list[LoadedFile]) -> dict[str, int]:
        connection = connect_file(warehouse)
        try:
            return audit(connection, run_id, self.project.marts, inputs, self.project.check_queries)
        finally:
            connection.close()

    def _publish(self, manifest: Manifest) -> None:
        try:
            replaced: str | None = read_pointer(self.home).run_id
        except PointerProblem:
            replaced = None
        flip(self.home, Pointer(manifest.run_id, manifest.sha256, replaced))
        facts = {
            "seconds": manifest.wall_seconds,
            "tests_warned": manifest.tests.warned,
            "tests_passed": manifest.tests.passed,
            "held": manifest.rows.get("quarantine", 0),
        }
        journal.note(self.home, "build", manifest.run_id, replaced, facts=facts)
        stages.mark("gc")
        with contextlib.suppress(OSError):  # published is published; the next build clears up
            retention.drop_old_versions(self.home)
            shutil.rmtree(self.home.work / manifest.run_id)

    def _keep_for_looking(self, workdir: Path, error: LeadloopError) -> None:
        with contextlib.suppress(OSError):
            text = json.dumps(error.message, ensure_ascii=False, indent=2)
            (workdir / retention.FAILED_MARK).write_text(text, encoding="utf-8")
            retention.clear_work(self.home)

    @contextlib.contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        self.reporter.stage(name)
        stages.mark(name)
        start = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - start, 3)


def _current(home: Home) -> Manifest | None:
    """The manifest of the published version, if that version is whole."""
    found = _current_version(home)
    return found.manifest if found else None


def _current_version(home: Home) -> Version | None:
    try:
        found, _ = open_version(home, read_pointer(home).run_id)
    except PointerProblem:
        return None
    return found


def _newest_run_id(home: Home) -> str | None:
    known = list_versions(home)
    with contextlib.suppress(PointerProblem):
        known.append(read_pointer(home).run_id)
    if home.work.is_dir():
        known += [p.name for p in home.work.iterdir() if (p / retention.FAILED_MARK).exists()]
    return max(known, default=None)


def _refuse(call: DbtCall, outcome: DbtOutcome, results: Results | None) -> NoReturn:
    failures = results.failures if results else []
    said = [f.message for f in failures] + outcome.errors
    if any(word in text for text in said for word in _NO_ROOM):
        raise disk_full(call.workdir)
    findings = [
        Finding(f.node, f"{f.status}: {f.message}", f"{f.status}: {f.message}") for f in failures
    ]
    if not findings:
        text = " / ".join(outcome.errors[-5:]) or f"exit code {outcome.exit_code}"
        findings = [Finding("dbt", text, text)]
    error: AuditFailed = audit_failed(findings)
    error.next_step = {
        "en": f"{error.next_step['en']}; the failed run lies in {call.workdir}",
        "ja": f"{error.next_step['ja']}(失敗した実行: {call.workdir})",
    }
    raise error


def _require_same_raw(home: Home, before: Sequence[RawFile]) -> None:
    """A load that ran beside the build may have fed only some of the models."""
    now = {p.relative_to(home.raw).as_posix(): p.stat().st_size for p in raw_paths(home)}
    if now != {f.path: f.size for f in before}:
        raise InputRejected(
            "the raw files changed while the build was running; nothing was published",
            "ビルド中に取り込みデータが変わりました。何も公開していません",
            "let the load end, then run `leadloop build` again",
            "取り込みが終わってから `leadloop build` を再実行してください",
            Place(file=str(home.raw)),
        )


def _git_commit(root: Path) -> str | None:
    """The commit of the project's checkout; None outside of one or without git."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
            timeout=5,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None
