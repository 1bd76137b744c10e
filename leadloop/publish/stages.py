"""Names the stages of a build, and lets the fault tests stop it at each of them."""

from __future__ import annotations

import os
import sys
import time

STAGES = ("lock", "check", "dbt", "audit", "manifest", "rename", "pointer", "gc")


def mark(stage: str) -> None:
    """Say that `stage` begins, where LEADLOOP_STAGE_MARKERS=1 asks for it.

    LEADLOOP_STAGE_PAUSE=<stage>:<seconds> then waits there, so that a test can kill the process
    at a known point instead of hoping for one.
    """
    if os.environ.get("LEADLOOP_STAGE_MARKERS") != "1":
        return
    print(f"STAGE {stage}", file=sys.stderr, flush=True)
    name, _, seconds = os.environ.get("LEADLOOP_STAGE_PAUSE", "").partition(":")
    if name == stage and seconds:
        time.sleep(float(seconds))
