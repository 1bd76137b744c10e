"""Runs `dbt build` as its own process and follows its progress."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from leadloop.publish.manifest import LoadedFile

_CHILD = Path(__file__).with_name("dbt_child.py")
_RESULT_EVENTS = frozenset(
    ["LogModelResult", "LogTestResult", "LogSeedResult", "LogSnapshotResult", "SkippingDetails"]
)
_MACRO_SAYS, _MACRO_WARNS = "JinjaLogInfo", "JinjaLogWarning"
_LANDED = "connector: "
_PARSE_CACHE = "partial_parse.msgpack"

OnNode = Callable[[int, int, str], None]


@dataclass(frozen=True)
class DbtCall:
    """One call of dbt: what it builds and where it may write."""

    project_root: Path
    workdir: Path
    warehouse: Path
    scratch: Path
    cache: Path
    variables: dict[str, str]
    threads: int
    seeds: Path | None = None  # where they lie if not in the project
    target_name: str = "duckdb"
    directory: Path | None = None  # where dbt is started; the project where nothing is said
    environment: dict[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    # unit tests judge the code, which does not change with the data: make test runs them
    excluded: tuple[str, ...] = ("unit_test",)

    @property
    def target(self) -> Path:
        return self.workdir / "target"


@dataclass
class DbtOutcome:
    """How dbt ended; `errors` is what it said where no node result says it better."""

    exit_code: int
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)  # those of our own macros
    landed: list[LoadedFile] = field(default_factory=list)  # tables of connectors that it read


Runner = Callable[[DbtCall, OnNode], DbtOutcome]


def run_dbt(call: DbtCall, on_node: OnNode) -> DbtOutcome:
    """Run `dbt build`; `on_node(done, total, name)` is called as each node ends."""
    return _run(call, ["build", "--exclude-resource-type", *call.excluded], on_node)


def run_operation(call: DbtCall, name: str) -> DbtOutcome:
    """Run one macro of the project by itself."""
    return _run(call, ["run-operation", name], lambda *_: None)


def _run(call: DbtCall, command: list[str], on_node: OnNode) -> DbtOutcome:
    call.target.mkdir(parents=True, exist_ok=True)
    _copy(call.cache / _PARSE_CACHE, call.target / _PARSE_CACHE)
    # stdin stays open as long as this process lives: see dbt_child
    process = subprocess.Popen(
        _command(call, command),
        cwd=call.directory or call.project_root,
        env=_environment(call),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        outcome = _follow(process, on_node)
        outcome.exit_code = process.wait()
    finally:
        _end(process)
    _copy(call.target / _PARSE_CACHE, call.cache / _PARSE_CACHE)
    return outcome


def _command(call: DbtCall, command: list[str]) -> list[str]:
    # -P: this file's folder must not shadow dbt's modules
    return [
        *(sys.executable, "-P", str(_CHILD), *command),
        *("--project-dir", str(call.project_root), "--profiles-dir", str(call.project_root)),
        *("--target-path", str(call.target), "--log-path", str(call.workdir / "logs")),
        *("--vars", json.dumps(call.variables)),
        *(("--threads", str(call.threads)) if command[0] == "build" else ()),
        *("--log-format", "json", "--log-level-file", "info", "--no-use-colors"),
    ]


def _environment(call: DbtCall) -> dict[str, str]:
    # a DBT_* flag of the user's shell must not change what is published
    kept = {
        k: v
        for k, v in os.environ.items()
        if (not k.startswith("DBT_") or "_ENV_" in k) and k not in call.removed
    }
    own = {
        "LEADLOOP_WAREHOUSE": str(call.warehouse),
        "LEADLOOP_SCRATCH": str(call.scratch),
        "LEADLOOP_THREADS": str(call.threads),
        "LEADLOOP_SEEDS": str(call.seeds or ""),
        "LEADLOOP_TARGET": call.target_name,
        "LEADLOOP_RUN_ID": call.variables["run_id"],
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "TZ": "UTC",
    }
    return kept | own | call.environment


def _follow(process: subprocess.Popen[bytes], on_node: OnNode) -> DbtOutcome:
    outcome = DbtOutcome(0)
    errors: deque[str] = deque(maxlen=20)
    assert process.stdout is not None
    for line in process.stdout:
        try:
            event = json.loads(line)
            info, data = event["info"], event.get("data", {})
        except (ValueError, KeyError, TypeError):
            # not one of dbt's events: a traceback, or a library that prints
            errors.append(line.decode("utf-8", "replace").rstrip())
            continue
        # a test's result says num_models where the others say total
        total = int(data.get("total") or data.get("num_models") or 0)
        if info.get("name") in _RESULT_EVENTS and total:
            name = (data.get("node_info") or {}).get("node_name", "")
            on_node(int(data.get("index", 0)), total, name)
        elif info.get("level") == "error":
            errors.append(str(info.get("msg", "")).strip())
        elif info.get("name") == _MACRO_WARNS:
            outcome.warnings.append(str(data.get("msg", "")).strip())
        elif info.get("name") == _MACRO_SAYS and str(data.get("msg", "")).startswith(_LANDED):
            outcome.landed.append(_landed(data["msg"].removeprefix(_LANDED)))
    outcome.errors = [e for e in errors if e]
    return outcome


def _landed(text: str) -> LoadedFile:
    """A table of a connector, as macros/engine/connectors.sql counted it."""
    told = json.loads(text)
    return LoadedFile(sha256="", rows_loaded=told["rows_read"], rows_rejected=0, **told)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave no dbt behind, whatever ended the build."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()


def _copy(source: Path, target: Path) -> None:
    """Copy the parse cache; it only saves time, so a failure costs nothing but that."""
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(target.name + ".tmp")
        shutil.copyfile(source, temporary)
        os.replace(temporary, target)
