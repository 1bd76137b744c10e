"""A standalone Spark cluster with a Thrift server on the loopback, as long as a test needs it."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leadloop.spark.java import find_java

_UP_WITHIN = 120.0
_DOWN_WITHIN = 15.0
_HOST = "127.0.0.1"


@dataclass(frozen=True)
class Cluster:
    """Where the Thrift server listens and where its tables lie."""

    port: int
    warehouse: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a user of this cluster sets."""
        return {
            "LEADLOOP_SPARK_HOST": _HOST,
            "LEADLOOP_SPARK_PORT": str(self.port),
            "LEADLOOP_SPARK_WAREHOUSE": str(self.warehouse),
        }


@contextlib.contextmanager
def running_cluster(folder: Path, cores: int = 2, memory: str = "2g") -> Iterator[Cluster]:
    """Master, one worker and the Thrift server; stopped again whatever happens.

    Raises:
        SparkUnavailable: there is no Java.
        AssertionError: a part did not come up; its log is in the message.
    """
    java = find_java()
    home = _spark_home()
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "JAVA_HOME": str(java.home),
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": _HOST,
        "SPARK_LOCAL_DIRS": str(folder / "tmp"),
        "TZ": "UTC",
    }
    master, master_ui, worker_ui, thrift = _free_ports(4)
    address = f"spark://{_HOST}:{master}"
    warehouse = folder / "warehouse"
    spark_class = [str(home / "bin" / "spark-class")]
    with contextlib.ExitStack() as stack:

        def start(name: str, command: list[str], port: int) -> None:
            process = stack.enter_context(process_of(name, command, folder, environment))
            _await_port(port, process, folder / f"{name}.log")

        start(
            "master",
            [
                *(*spark_class, "org.apache.spark.deploy.master.Master", "--host", _HOST),
                *("--port", str(master), "--webui-port", str(master_ui)),
            ],
            master,
        )
        start(
            "worker",
            [
                *(*spark_class, "org.apache.spark.deploy.worker.Worker", address),
                *("--host", _HOST, "--webui-port", str(worker_ui), "--cores", str(cores)),
                *("--memory", memory, "--work-dir", str(folder / "executors")),
            ],
            worker_ui,
        )
        start("thrift", _thrift_command(home, address, warehouse, folder, thrift), thrift)
        yield Cluster(thrift, warehouse)


def _thrift_command(
    home: Path, address: str, warehouse: Path, folder: Path, port: int
) -> list[str]:
    settings = {
        "spark.driver.host": _HOST,
        "spark.driver.bindAddress": _HOST,
        "spark.driver.memory": "2g",
        "spark.executor.memory": "1g",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.default.parallelism": "2",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.warehouse.dir": str(warehouse),
        "spark.hadoop.javax.jdo.option.ConnectionURL": (
            f"jdbc:derby:;databaseName={folder / 'metastore'};create=true"
        ),
    }
    return [
        *(str(home / "bin" / "spark-submit"), "--master", address),
        *("--class", "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"),
        *(part for name, value in settings.items() for part in ("--conf", f"{name}={value}")),
        "spark-internal",
        *("--hiveconf", f"hive.server2.thrift.bind.host={_HOST}"),
        *("--hiveconf", f"hive.server2.thrift.port={port}"),
    ]


def _spark_home() -> Path:
    """The Spark inside the pyspark package: it has the classes, if not the start scripts."""
    spec = importlib.util.find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


@contextlib.contextmanager
def process_of(
    name: str, command: list[str], folder: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run one part of a cluster; its whole process group ends with the block."""
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # a group of its own: a worker's executors go with it
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    for sent in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sent)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_DOWN_WITHIN)
            break
    # executors of a worker that died first
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _await_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _UP_WITHIN
    while time.monotonic() < end:
        assert process.poll() is None, f"it ended at once:\n{_tail(log)}"
        with contextlib.suppress(OSError), socket.create_connection((_HOST, port), timeout=1):
            return
        time.sleep(0.25)
    raise AssertionError(f"port {port} did not open within {_UP_WITHIN:.0f} s:\n{_tail(log)}")


def _tail(log: Path) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-30:])


def _free_ports(count: int) -> list[int]:
    """Ports nobody has; all are held open until the last is found, so that they differ."""
    with contextlib.ExitStack() as stack:
        found = []
        for _ in range(count):
            taken = stack.enter_context(socket.socket())
            taken.bind((_HOST, 0))
            found.append(taken.getsockname()[1])
        return found
