"""One export from the published version to the files and the ledger."""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from leadloop import clock
from leadloop.errors import PublishFailed
from leadloop.export.candidates import candidates
from leadloop.export.faults import misuse, refuse
from leadloop.export.files import WrittenFile, write_files
from leadloop.export.form import Encoding, Form, Language
from leadloop.export.form_file import read_form
from leadloop.export.ledger import Ledger, deliver
from leadloop.export.plan import Plan, make_plan
from leadloop.publish import stages
from leadloop.publish.durable import storage
from leadloop.publish.pointer import next_run_id
from leadloop.publish.versions import Version, connect, resolve
from leadloop.settings import Home

# the list for sales is made of every source
EVERY_SOURCE = "all"


@dataclass(frozen=True)
class Request:
    """What to export.

    `to` is where the files are wanted besides the data home; `run_id` pins a published version;
    without `encoding` the form's first one holds.
    """

    tool: str
    language: Language = "ja"
    source: str | None = None
    to: Path | None = None
    run_id: str | None = None
    encoding: str | None = None
    dry_run: bool = False


@dataclass(frozen=True)
class Report:
    """What was written, or in a dry run would be.

    `directory` is None where nothing was written. `late` are files of an earlier export that only
    now reached the place where they were wanted; `lost` are exports whose files still could not.
    """

    form: Form
    version: Version
    source: str
    encoding: Encoding
    plan: Plan
    files: list[WrittenFile] = field(default_factory=list)
    directory: Path | None = None
    late: list[Path] = field(default_factory=list)
    lost: list[Path] = field(default_factory=list)


def export(home: Home, request: Request) -> Report:
    """Writes what has changed since the last export, or only says what would be written.

    Raises:
        UsageError: the request makes no sense.
        InputRejected: the form or the version cannot be exported; nothing was written.
        PublishFailed: the disk refuses.
        Locked: another export into the tool is running.
    """
    form = read_form(home, request.tool)
    source = _source(form, request)
    encoding = _encoding(form, request)
    if request.to is not None and request.to.exists() and not request.to.is_dir():
        raise misuse("target_is_no_directory", path=request.to)
    version = _version(home, request.run_id)
    ledger = Ledger(home.exports / form.tool / source)
    draft = Report(form, version, source, encoding, Plan(()))
    if request.dry_run:
        return _look(draft, request, ledger)
    with ledger.lock():
        late, lost = _deliver_late(ledger)
        return _write(draft, request, ledger, late, lost)


def _source(form: Form, request: Request) -> str:
    if form.rows == "handoff":
        if request.source:
            raise misuse("source_not_for_handoff")
        return EVERY_SOURCE
    return request.source or form.source or form.tool


def _encoding(form: Form, request: Request) -> Encoding:
    wanted = request.encoding or form.encodings[0]
    for encoding in form.encodings:
        # the byte order mark is the form's business
        if encoding.removesuffix("-sig") == wanted.removesuffix("-sig"):
            return encoding
    names = ", ".join(dict.fromkeys(e.removesuffix("-sig") for e in form.encodings))
    raise misuse("encoding_not_of_form", tool=form.tool, encoding=wanted, encodings=names)


def _version(home: Home, run_id: str | None) -> Version:
    version = resolve(home, run_id)
    if version.is_fallback:
        # a page may show an older version; a tool would get its values back
        raise refuse(
            "version_not_readable", run_id=run_id or "current.json", problem=version.problem
        )
    return version


def _plan(draft: Report, request: Request, ledger: Ledger) -> Plan:
    columns = tuple(column.name for column in draft.form.columns)
    with closing(connect(draft.version)) as connection:
        found = candidates(
            connection, draft.version.manifest, draft.form, draft.source, request.language
        )
        return make_plan(draft.form, found, ledger.state(columns))


def _look(draft: Report, request: Request, ledger: Ledger) -> Report:
    plan = _plan(draft, request, ledger)
    stem = f"{draft.form.tool}-{_next_id(ledger)}"
    files = write_files(
        draft.form, plan.rows, stem, draft.encoding, request.language, lambda _: io.BytesIO()
    )
    return Report(draft.form, draft.version, draft.source, draft.encoding, plan, files)


def _write(
    draft: Report, request: Request, ledger: Ledger, late: list[Path], lost: list[Path]
) -> Report:
    plan = _plan(draft, request, ledger)
    made = (draft.form, draft.version, draft.source, draft.encoding, plan)
    if not plan.rows:
        return Report(*made, late=late, lost=lost)
    export_id = _next_id(ledger)
    with ledger.work(export_id) as work:

        def open_file(name: str) -> BinaryIO:
            _step("file")
            return (work / name).open("wb")

        stem = f"{draft.form.tool}-{export_id}"
        with storage(work):
            files = write_files(
                draft.form, plan.rows, stem, draft.encoding, request.language, open_file
            )
        account = _account(draft, request, plan, files)
        directory = ledger.commit(work, export_id, plan.entries(), account, _step)
    if request.to is not None:
        deliver(directory, request.to, _step)
    return Report(*made, files, directory, late, lost)


def _account(
    draft: Report, request: Request, plan: Plan, files: list[WrittenFile]
) -> dict[str, Any]:
    return {
        "tool": draft.form.tool,
        "source": draft.source,
        "run_id": draft.version.run_id,
        "exported_at": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
        "language": request.language,
        "encoding": draft.encoding,
        "to": str(request.to.resolve()) if request.to else None,
        "files": [asdict(file) for file in files],
        "added": len(plan.added),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "withheld": {reason: len(leads) for reason, leads in sorted(plan.withheld.items())},
        "kept": dict(sorted(plan.kept.items())),
        "gone": plan.gone,
    }


def _deliver_late(ledger: Ledger) -> tuple[list[Path], list[Path]]:
    """What an export that was killed while it copied its files left undone."""
    late: list[Path] = []
    lost: list[Path] = []
    for directory, target in list(ledger.undelivered()):
        try:
            late += deliver(directory, target, _step)
        except PublishFailed:
            lost.append(directory)
    return late, lost


def _next_id(ledger: Ledger) -> str:
    exports = ledger.exports()
    return next_run_id(exports[-1] if exports else None, clock.now())


def _step(name: str) -> None:
    stages.mark(f"export_{name}")
