"""What is in the repository, and what must not be."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from leadloop.cli import COMMANDS
from leadloop.settings import PROJECT_ROOT

_MEGABYTES_2 = 2_000_000

# Addresses from which packages are installed: a lock file with one of them works in one place only. Written in
# parts, so that this file does not hold what it looks for.
_REGISTRIES = re.compile(
    r"|".join(
        re.escape(".".join(parts))
        for parts in (
            ("files", "pythonhosted", "org"),
            ("pypi", "org/simple"),
            ("registry", "npmjs", "org"),
            ("proxy", "golang", "org"),
            ("repo1", "maven", "org"),
            ("repo", "maven", "apache", "org"),
        )
    )
    + r"|--(extra-)?index-url|--find-links|--trusted-host"
)


def _tracked() -> list[Path]:
    git = shutil.which("git")
    if not git or not (PROJECT_ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    done = subprocess.run(
        [git, "ls-files", "-z"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    paths = [PROJECT_ROOT / name for name in done.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    return _tracked()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_pins_and_hashes_everything_and_names_no_address(name: str) -> None:
    text = (PROJECT_ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.replace("\\\n", " ").strip())
    requirements = [e for e in entries if e and not e.startswith("#")]
    assert len(requirements) > 50
    for requirement in requirements:
        assert re.match(r"^[A-Za-z0-9._-]+(\[[^\]]+\])?==\S+", requirement), requirement[:80]
        assert "--hash=sha256:" in requirement, requirement[:80]


def test_the_development_lock_holds_the_runtime_versions() -> None:
    """What is tested is what is shipped."""

    def pins(name: str) -> dict[str, str]:
        text = (PROJECT_ROOT / name).read_text("utf-8")
        return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE))

    runtime, development = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {n: v for n, v in runtime.items() if development.get(n) != v} == {}


def test_no_address_of_a_package_registry(tracked: list[Path]) -> None:
    found = []
    for path in tracked:
        text = _text(path)
        if text and path != Path(__file__) and (match := _REGISTRIES.search(text)):
            found.append(f"{path.relative_to(PROJECT_ROOT)}: {match[0]}")
    assert found == []


def test_no_large_file(tracked: list[Path]) -> None:
    large = {p.name: p.stat().st_size for p in tracked if p.stat().st_size > _MEGABYTES_2}
    assert large == {}
    sample = sum(p.stat().st_size for p in tracked if "sample" in p.relative_to(PROJECT_ROOT).parts)
    assert sample <= _MEGABYTES_2


def test_nothing_that_a_build_leaves_behind(tracked: list[Path]) -> None:
    left = re.compile(
        r"\.(duckdb|duckdb\.wal|pyc|log)$|^(target|logs|data|\.venv|\.user\.yml)(/|$)"
    )
    names = [p.relative_to(PROJECT_ROOT).as_posix() for p in tracked]
    assert [name for name in names if left.search(name)] == []


def test_names_are_plain(tracked: list[Path]) -> None:
    """A file name outside of ASCII breaks on some file systems; only examples of real exports have them."""
    odd = [p for p in tracked if not p.name.isascii() and "three_tables" not in p.parts]
    assert odd == []


def test_nothing_is_left_for_later(tracked: list[Path]) -> None:
    marks = re.compile(
        "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X:", "NotImplemented" + "Error"))
    )
    found = []
    for path in tracked:
        text = (
            _text(path) if path.suffix in {".py", ".sql", ".yml", ".sh", ".md", ".toml"} else None
        )
        if text and (match := marks.search(text)):
            found.append(f"{path.relative_to(PROJECT_ROOT)}: {match[0]}")
    assert found == []


def _targets() -> set[str]:
    makefile = (PROJECT_ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


def test_every_target_of_the_makefile_is_explained() -> None:
    makefile = (PROJECT_ROOT / "Makefile").read_text("utf-8")
    explained = set(re.findall(r"^([a-z][a-z-]*):.*##", makefile, re.MULTILINE))
    assert _targets() == explained
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    assert _targets() == phony


def _documents() -> list[Path]:
    return [*sorted(PROJECT_ROOT.glob("README*.md")), *sorted((PROJECT_ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("path", _documents(), ids=lambda path: path.name)
def test_commands_in_the_documents_exist(path: Path) -> None:
    """`make x`, `leadloop x` and relative links as they stand in code and prose."""
    text = path.read_text("utf-8")
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
    made = set(re.findall(r"(?<![\w-])make ([a-z][a-z-]*)", code))
    assert made <= _targets(), f"make {made - _targets()}"
    called = set(re.findall(r"(?:^|[`\s])leadloop ([a-z]+)\b", code))
    assert called <= set(COMMANDS), f"leadloop {called - set(COMMANDS)}"
    for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in link and not link.startswith("mailto:"):
            assert (path.parent / link).exists(), link


@pytest.mark.parametrize("name", ["scripts/test.sh", "scripts/install.sh", ".ci/run"])
def test_scripts_stop_at_the_first_error(name: str) -> None:
    path = PROJECT_ROOT / name
    assert path.stat().st_mode & 0o100, "executable"
    assert "set -euo pipefail" in path.read_text("utf-8")


def test_ci_calls_the_commands_of_the_makefile() -> None:
    called = set(
        re.findall(r"^make ([a-z-]+)$", (PROJECT_ROOT / ".ci/run").read_text(), re.MULTILINE)
    )
    assert {"test", "test-spark"} <= called <= _targets()
