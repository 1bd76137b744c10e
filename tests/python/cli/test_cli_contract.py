"""What holds for every command: exit codes, help, languages, and what happens when it breaks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

import leadloop.cli as cli
from leadloop.errors import (
    AuditFailed,
    InputRejected,
    LeadloopError,
    Locked,
    Place,
    PublishFailed,
    UsageError,
)

_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Calls the entry point in this process: exit code, stdout, stderr."""
    monkeypatch.setenv("LEADLOOP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.delenv("LEADLOOP_DEBUG", raising=False)

    def call(*arguments: str, language: str = "en") -> tuple[int, str, str]:
        monkeypatch.setenv("LEADLOOP_LANG", language)
        monkeypatch.setattr(sys, "argv", ["leadloop", *arguments])
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        else:
            code = 0
        out, err = capfd.readouterr()
        return code, out, err

    return call


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Lets `leadloop doctor` raise what the test wants."""

    def arm(error: BaseException) -> None:
        @click.command("doctor")
        def command() -> None:
            raise error

        monkeypatch.setattr("leadloop.commands.doctor.command", command)

    return arm


def test_help_names_every_command_and_loads_none() -> None:
    program = (
        "import sys; sys.argv = ['leadloop', '--help']\n"
        "from leadloop.cli import main\n"
        "try: main()\n"
        "finally: print(sorted({'duckdb', 'streamlit', 'dbt', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    for name in cli.COMMANDS:
        assert re.search(rf"^  {name} ", done.stdout, re.MULTILINE), name
    assert done.stdout.splitlines()[-1] == "[]", "help is there before anything heavy is"


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_each_command_explains_itself(run: Run, name: str) -> None:
    for flag in ("--help", "-h"):
        code, out, err = run(name, flag)
        assert (code, err) == (0, "")
        assert out.startswith(f"Usage: leadloop {name} ")
        first_words = out.split("\n\n")[1].strip()
        assert len(first_words) > 15, "a sentence that says what it does"


def test_version(run: Run) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("leadloop, version ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build", "--nonsense"],
        ["build", "--threads", "many"],
        ["build", "--threads", "0"],
        ["build", "--target", "oracle"],
        ["load"],
        ["demo", "--leads", "3"],
        ["dashboard", "--port", "99999999"],
        ["rollback", "one", "two", "three"],
        ["check", "--seeds", "/no/such/folder"],
    ],
    ids=" ".join,
)
def test_what_means_nothing_is_a_usage_error(run: Run, arguments: list[str]) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert "Usage:" in err or "Next:" in err
    assert "Traceback" not in err


def test_no_command_shows_the_help(run: Run) -> None:
    code, out, err = run()
    assert code == 2
    assert "Commands:" in out + err


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (UsageError, 2),
        (InputRejected, 3),
        (AuditFailed, 4),
        (PublishFailed, 5),
        (LeadloopError, 70),
        (Locked, 75),
    ],
)
def test_expected_failures_have_their_codes_place_and_next_step(
    run: Run, breaking: Callable, kind: type[LeadloopError], code: int
) -> None:
    place = Place("leads.csv", 7, "created_at", "not_a_time")
    breaking(kind("it is wrong", "誤りです", "mend it", "直してください", place))
    assert run("doctor") == (
        code,
        "",
        "leads.csv, line 7, column created_at, rule not_a_time: it is wrong\nNext: mend it\n",
    )
    _, _, err = run("doctor", language="ja")
    assert "誤りです\n次の一手: 直してください\n" in err


def test_nothing_loaded_is_an_input_problem(run: Run) -> None:
    code, _, err = run("build")
    assert code == 3
    assert "Next: " in err
    code, _, err = run("build", language="ja")
    assert code == 3
    assert _JAPANESE.search(err)


def test_nothing_published_says_what_to_do(run: Run) -> None:
    for command in ("verify", "rollback"):
        code, out, err = run(command)
        assert code not in (0, 70), command
        assert "Traceback" not in out + err
        assert "leadloop build" in out + err, command
        _, out, err = run(command, language="ja")
        assert _JAPANESE.search(out + err), command


def test_an_unknown_mapping_is_named(run: Run, tmp_path: Path) -> None:
    code, _, err = run("load", "--mapping", "no_such_tool", "--from", str(tmp_path))
    assert code in (2, 3)
    assert "no_such_tool" in err
    assert "canonical" in err, "the ones that exist are listed"


def test_an_unexpected_error_is_short_and_says_where_the_rest_is(
    run: Run, breaking: Callable
) -> None:
    breaking(KeyError("amount"))
    code, out, err = run("doctor")
    assert code == 70
    assert out == ""
    assert err.startswith("internal error: KeyError: 'amount'\nNext: the details are in ")
    assert "LEADLOOP_DEBUG=1" in err
    assert "Traceback" not in err
    path = Path(re.search(r"details are in (\S+\.txt)", err)[1])
    assert "Traceback" in path.read_text("utf-8")
    assert "raise error" in path.read_text("utf-8")
    assert path.stat().st_mode & 0o077 == 0, "a message can quote a value: only its owner reads it"
    _, _, err = run("doctor", language="ja")
    assert err.startswith("内部エラー: KeyError")
    assert "詳細は" in err


def test_a_long_message_of_many_lines_is_cut(run: Run, breaking: Callable) -> None:
    breaking(RuntimeError("x" * 5000 + "\nsecond line"))
    _, _, err = run("doctor")
    assert len(err.splitlines()) == 2
    assert len(err.splitlines()[0]) < 300


def test_an_unexpected_error_where_nothing_can_be_written(
    run: Run, breaking: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError("no")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    breaking(ValueError())
    code, _, err = run("doctor")
    assert code == 70
    assert err == (
        "internal error: ValueError\n"
        "Next: run it again with LEADLOOP_DEBUG=1 to see where it happened.\n"
    )


def test_debugging_shows_the_traceback(
    run: Run, breaking: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADLOOP_DEBUG", "1")
    breaking(KeyError("amount"))
    with pytest.raises(KeyError):
        run("doctor")


def test_interrupted(run: Run, breaking: Callable) -> None:
    breaking(KeyboardInterrupt())
    code, _, err = run("doctor")
    assert code == 130
    assert "Interrupted." in err
    code, _, err = run("doctor", language="ja")
    assert code == 130
    assert "中断しました" in err


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    """`leadloop check | head -0`: a closed pipe is not a fault of ours."""
    seeds = tmp_path / "seeds"
    (seeds / "agreement").mkdir(parents=True)  # every file is missing: many lines of findings
    read_end, write_end = os.pipe()
    os.close(read_end)
    program = "from leadloop.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "check", "--seeds", str(seeds)],
        stdout=write_end,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write_end)
    assert done.returncode == 1
    assert done.stderr == ""
