"""The dbt step of a build on Spark: same call, same outcome, same file at the end."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from leadloop.errors import UsageError
from leadloop.publish.dbt_run import (
    DbtCall,
    DbtOutcome,
    OnNode,
    Runner,
    run_dbt,
    run_operation,
)
from leadloop.spark.export import export_marts, read_contracts
from leadloop.spark.java import find_java, require_libraries

LOCAL, CLUSTER = "spark", "spark_cluster"


def run_on_local_spark(call: DbtCall, on_node: OnNode) -> DbtOutcome:
    """Build on a Spark inside the dbt process; nothing of it outlives the build's work folder."""
    require_libraries()
    java = find_java()
    folder = call.workdir / "spark"
    temporary = folder / "tmp"
    temporary.mkdir(parents=True)
    warehouse = folder / "warehouse"
    environment = {
        "JAVA_HOME": str(java.home),
        "LEADLOOP_SPARK_WAREHOUSE": str(warehouse),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(temporary),
    }
    # a Spark of the user's shell would bring its own libraries and settings
    removed = frozenset(["SPARK_HOME", "SPARK_CONF_DIR", "PYSPARK_SUBMIT_ARGS", "SPARK_REMOTE"])
    return _run(call, on_node, LOCAL, warehouse, environment, removed)


def run_on_cluster(call: DbtCall, on_node: OnNode) -> DbtOutcome:
    """Build on the user's cluster through its Thrift server, see docs/spark.md.

    Raises:
        UsageError: nobody said where the cluster's warehouse lies.
    """
    require_libraries()
    named = os.environ.get("LEADLOOP_SPARK_WAREHOUSE")
    if not named:
        raise UsageError(
            "LEADLOOP_SPARK_WAREHOUSE is not set",
            "LEADLOOP_SPARK_WAREHOUSE が設定されていません",
            "set it to the cluster's spark.sql.warehouse.dir as this machine sees it "
            "(docs/spark.md)",
            "クラスターの spark.sql.warehouse.dir を、このマシンから見たパスで設定してください"
            "(docs/spark.md)",
        )
    return _run(call, on_node, CLUSTER, Path(named), {}, frozenset())


RUNNERS: dict[str, Callable[[DbtCall, OnNode], DbtOutcome]] = {
    LOCAL: run_on_local_spark,
    CLUSTER: run_on_cluster,
}


def runner_of(target: str) -> Runner:
    """How a build's dbt step runs on the engine of that name."""
    return RUNNERS.get(target, run_dbt)


def _run(
    call: DbtCall,
    on_node: OnNode,
    target: str,
    warehouse: Path,
    environment: dict[str, str],
    removed: frozenset[str],
) -> DbtOutcome:
    # Spark writes where it is started, so not in the project
    folder = call.workdir / "spark"
    folder.mkdir(parents=True, exist_ok=True)
    on_spark = replace(
        call,
        target_name=target,
        directory=folder,
        environment=environment,
        removed=removed,
        # dbt parses anew whenever the target differs from the parse that it kept
        cache=call.cache / target,
    )
    outcome = run_dbt(on_spark, on_node)
    if outcome.exit_code == 0:
        export_marts(warehouse, read_contracts(call.target), call.warehouse)
        # the marts are DuckDB's from here on, and so are the functions over them
        in_duckdb = replace(call, workdir=call.workdir / "functions")
        functions = run_operation(in_duckdb, "create_replay_functions")
        return replace(outcome, exit_code=functions.exit_code, errors=functions.errors)
    return outcome
