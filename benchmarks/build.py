"""A full build at size: generator, dbt, audit and publish, with wall time and peak memory of each.

    python benchmarks/build.py [--leads 1000000] [--activities-per-lead 10] [--keep DIR]

Prints a table and the ten slowest models. Speed lives here and not in timed tests: the machine is
noisy, so look at the ratios of one run.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from leadloop.demo import demo_company, generate_raw
from leadloop.publish.versions import resolve
from leadloop.settings import PROJECT_ROOT, Home


class Watch:
    """Wall time of a step and the peak memory of this process and its children, sampled."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, float, float]] = []

    def step(self, name: str, work: Callable[[], object]) -> None:
        peak = 0.0
        done = threading.Event()

        def sample() -> None:
            nonlocal peak
            me = psutil.Process()
            while not done.wait(0.2):
                try:
                    family = [me, *me.children(recursive=True)]
                    peak = max(peak, sum(p.memory_info().rss for p in family))
                except psutil.NoSuchProcess:
                    continue

        thread = threading.Thread(target=sample)
        thread.start()
        started = time.monotonic()
        try:
            work()
        finally:
            seconds = time.monotonic() - started
            done.set()
            thread.join()
        self.rows.append((name, seconds, peak / 1e9))

    def show(self) -> None:
        print(f"{'step':34}{'seconds':>9}{'peak GB':>9}")
        for name, seconds, peak in self.rows:
            print(f"{name:34}{seconds:9.1f}{peak:9.2f}")


def _build(home: Home) -> None:
    command = [sys.executable, "-m", "leadloop.cli", "build", "--home", str(home.root)]
    subprocess.run(command, cwd=PROJECT_ROOT, check=True, stdout=subprocess.DEVNULL)


def _slowest(home: Home, run_id: str) -> None:
    results = home.versions / run_id / "run_results.json"
    if not results.exists():
        return
    nodes = json.loads(results.read_text("utf-8"))["results"]
    slow = sorted(nodes, key=lambda node: -node["execution_time"])[:10]
    print("\nslowest nodes")
    for node in slow:
        print(f"{node['execution_time']:9.1f}  {node['unique_id']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=1_000_000)
    parser.add_argument("--activities-per-lead", type=float, default=10)
    parser.add_argument("--keep", type=Path, help="a folder for the data home, kept afterwards")
    options = parser.parse_args()
    root = options.keep or Path(tempfile.mkdtemp(prefix="leadloop-bench-"))
    home = Home(root.resolve())
    watch = Watch()
    try:
        if not (home.raw / "leads").exists():
            watch.step(
                "generate raw",
                lambda: generate_raw(
                    home.raw,
                    leads=options.leads,
                    activities_per_lead=options.activities_per_lead,
                ),
            )
            home.company_file.write_text(demo_company().model_dump_json(), "utf-8")
        watch.step("build (dbt, audit, publish)", lambda: _build(home))
        version = resolve(home)
        for name, seconds in version.manifest.stage_seconds.items():
            watch.rows.append((f"  of it {name}", seconds, 0.0))
        watch.show()
        rows = version.manifest.rows
        print(
            f"\nleads {rows['dim_leads']:,}, events {rows['fct_lead_events']:,}, "
            f"file {version.path.stat().st_size / 1e6:,.0f} MB, "
            f"own peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB"
        )
        _slowest(home, version.run_id)
    finally:
        if options.keep is None:
            shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
