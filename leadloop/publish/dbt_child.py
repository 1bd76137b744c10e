"""The process in which dbt runs. Started by file name, so it imports nothing of leadloop.

It does three things that dbt does not: it ends when the build that started it ends, even by
kill -9 (its standard input is a pipe from the build, and reads empty then), it lets dbt's
parse be kept from one run to the next although the run id differs, and it collects garbage
seldom.
"""

from __future__ import annotations

import gc
import os
import pprint
import signal
import threading


def _end_with_parent() -> None:
    # not through sys.stdin: its lock, held here, would abort the interpreter's own ending
    while os.read(0, 1):
        pass
    os.killpg(os.getpgid(0), signal.SIGKILL)


def _keep_parse_across_runs(run_id: str) -> None:
    """Leave the run id out of what dbt compares to decide whether its last parse still holds.

    The run id reaches the compiled SQL only, never a node's configuration. Where a version of dbt
    has no such check, it parses anew, which is slower and nothing else.
    """
    try:
        from dbt.contracts.files import FileHash
        from dbt.parser.manifest import ManifestLoader

        original = ManifestLoader.build_manifest_state_check
    except (ImportError, AttributeError):
        return

    def build_manifest_state_check(self):  # type: ignore[no-untyped-def]
        check = original(self)
        config = self.root_project
        stable = pprint.pformat(
            [
                sorted(config.cli_vars.items()),
                str(config.args.target),
                str(config.version),
                sorted(config.credentials.connection_info(), key=str),
            ]
        ).replace(run_id, "<run_id>")
        check.vars_hash = check.profile_hash = FileHash.from_contents(stable)
        return check

    ManifestLoader.build_manifest_state_check = build_manifest_state_check  # type: ignore[method-assign]


def main() -> None:
    """Run dbt with the arguments given; LEADLOOP_RUN_ID names the run."""
    # Python's default looks through dbt's whole manifest again and again and finds little: a fifth
    # of the time of a small build, while memory comes to the same
    gc.set_threshold(50_000, 100, 1_000)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    run_id = os.environ.get("LEADLOOP_RUN_ID")
    if run_id:
        _keep_parse_across_runs(run_id)
    from dbt.cli.main import cli

    cli()


if __name__ == "__main__":
    main()
