"""A copy of the dbt project that may be broken, and dbt in this process to see whether anyone notices."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from leadloop.settings import PROJECT_ROOT

_PARTS = ("models", "macros", "seeds", "sample", "tests/generic", "tests/data")
_FILES = ("dbt_project.yml", "profiles.yml")


@dataclass(frozen=True)
class Outcome:
    """How the selected nodes ended."""

    passed: tuple[str, ...]
    failed: tuple[str, ...]


class ProjectCopy:
    """The project in a folder of its own, built once on the sample company."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for part in _PARTS:
            shutil.copytree(PROJECT_ROOT / part, root / part)
        for name in _FILES:
            shutil.copyfile(PROJECT_ROOT / name, root / name)

    @contextmanager
    def edited(self, path: str, old: str, new: str) -> Iterator[None]:
        """The project with one text replaced by another; as it was again afterwards.

        A text that is not there exactly once is an error: a mutation must change what it says.
        """
        file = self.root / path
        text = file.read_text("utf-8")
        assert text.count(old) == 1, f"{path} holds {old!r} {text.count(old)} times"
        changed = text.replace(old, new)
        assert changed != text
        file.write_text(changed, "utf-8")
        try:
            yield
        finally:
            file.write_text(text, "utf-8")

    def dbt(self, *arguments: str) -> Outcome:
        """Run dbt here, in this process; a parse that fails counts as a failure."""
        from dbt.cli.main import dbtRunner

        folder = self.root
        command = [
            *arguments,
            *("--project-dir", str(folder), "--profiles-dir", str(folder)),
            *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
            *("--log-level", "none", "--log-level-file", "none", "--threads", "2"),
        ]
        before, cwd = dict(os.environ), Path.cwd()
        os.environ.update(
            LEADLOOP_HOME=str(folder / "home"),
            LEADLOOP_WAREHOUSE=str(folder / "dev.duckdb"),
            LEADLOOP_SCRATCH=str(folder / "dev_scratch.duckdb"),
            DBT_SEND_ANONYMOUS_USAGE_STATS="false",
        )
        os.chdir(folder)
        try:
            done = dbtRunner().invoke(command)
        finally:
            os.chdir(cwd)
            os.environ.clear()
            os.environ.update(before)
        if done.result is None or not hasattr(done.result, "results"):
            return Outcome((), (f"dbt ended: {done.exception}",))
        passed, failed = [], []
        for result in done.result.results:
            name = result.node.name
            (passed if str(result.status) in ("pass", "success") else failed).append(name)
        return Outcome(tuple(passed), tuple(failed))
