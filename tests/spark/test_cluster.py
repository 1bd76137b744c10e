"""A real cluster on this machine (master, worker, Thrift server), and dbt pointed at it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from cluster import Cluster, process_of, running_cluster
from mart_diff import differences, read_marts, report
from spark_kit import Version

from leadloop.spark.export import export_marts, read_contracts

# far down the graph, so that most of the models take part
MART = "lead_scores"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, own_settings: None):
    with running_cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.mark.spark
def test_mart_of_a_cluster_is_that_of_duckdb(
    cluster: Cluster, project: Path, on_duckdb: Version, tmp_path: Path
):
    manifest = on_duckdb.manifest
    variables = {
        "run_id": manifest.run_id,
        "raw_path": str(on_duckdb.home.raw),
        "as_of": manifest.as_of.strftime("%Y-%m-%d %H:%M:%S"),
    }
    done = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("dbt")), "--no-use-colors", "build"),
            *("--target", "spark_cluster", "--select", f"+{MART}"),
            *("--exclude", "resource_type:test", "resource_type:unit_test"),
            *("--project-dir", str(project), "--profiles-dir", str(project)),
            *("--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs")),
            *("--vars", str(variables)),
        ],
        cwd=tmp_path,
        env=os.environ | cluster.environment | {"TZ": "UTC"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    marts = [m for m in read_contracts(tmp_path / "target") if m.name == MART]
    export_marts(cluster.warehouse, marts, tmp_path / "out.duckdb")
    left = read_marts(on_duckdb.warehouse)[MART]
    right = read_marts(tmp_path / "out.duckdb")[MART]
    assert right.rows
    found = differences(MART, left, right)
    assert not found, report(found)


def test_a_part_is_stopped_with_its_children_even_on_failure(tmp_path: Path):
    # a worker's executors are children of it
    command = ["sh", "-c", "sleep 600 & exec sleep 600"]
    with (
        contextlib.suppress(ZeroDivisionError),
        process_of("worker", command, tmp_path, dict(os.environ)) as process,
    ):
        family = _family(process.pid)
        raise ZeroDivisionError
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]
    assert len(family) == 2


def _family(pid: int) -> list[psutil.Process]:
    """The process and its one child, as soon as that is there."""
    parent = psutil.Process(pid)
    end = time.monotonic() + 10
    while not parent.children() and time.monotonic() < end:
        time.sleep(0.05)
    return [parent, *parent.children()]
