"""`leadloop dashboard`: serve the published version on this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NoReturn

import click

from leadloop.errors import UsageError
from leadloop.settings import PROJECT_ROOT, Home

ADDRESS = "127.0.0.1"
FIRST_PORT = 8501
_PORTS_TRIED = 50
_STARTUP_SECONDS = 60.0


def is_free(port: int) -> bool:
    """Whether a server could listen on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # without it a port that was served a moment ago counts as taken
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """The first free port from 8501 on.

    Raises:
        UsageError: none of the first fifty is free.
    """
    for port in range(FIRST_PORT, FIRST_PORT + _PORTS_TRIED):
        if is_free(port):
            return port
    last = FIRST_PORT + _PORTS_TRIED - 1
    raise UsageError(
        f"ports {FIRST_PORT} to {last} are all in use",
        f"ポート {FIRST_PORT}〜{last} はすべて使用中です",
        "name a free one with --port",
        "--port で空いているポートを指定してください",
    )


def server_command(port: int) -> list[str]:
    """How Streamlit is started; everything else is in .streamlit/config.toml."""
    return [
        sys.executable,
        "-m",
        "dashboard.serve",
        f"--server.address={ADDRESS}",
        f"--server.port={port}",
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
    ]


def is_serving(port: int) -> bool:
    """Whether the server answers its health check."""
    try:
        with urllib.request.urlopen(f"http://{ADDRESS}:{port}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop(*_: object) -> NoReturn:
    raise SystemExit(143)


def _wait(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + _STARTUP_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if is_serving(port):
            return True
        time.sleep(0.1)
    return False


@click.command("dashboard")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=None,
    help="Port to listen on [default: the first free one from 8501].",
)
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Data home [default: LEADLOOP_HOME, else data/].",
)
def command(port: int | None, home: Path | None) -> None:
    """Serve the dashboard on 127.0.0.1 until Ctrl-C.

    It reads what the last good build published and keeps serving while a build runs.
    """
    if port is not None and not is_free(port):
        raise UsageError(
            f"port {port} is in use",
            f"ポート {port} は使用中です",
            "choose another one, or leave --port out",
            "別のポートを指定するか、--port を省いてください",
        )
    chosen = port or free_port()
    root = home.resolve() if home else Home.from_environment().root
    environment = {**os.environ, "LEADLOOP_HOME": str(root)}
    # the settings file is found from the project root
    process = subprocess.Popen(
        server_command(chosen), cwd=PROJECT_ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    # a service manager ends us with SIGTERM; the server must not outlive its command
    signal.signal(signal.SIGTERM, _stop)
    try:
        if not _wait(process, chosen):
            raise click.ClickException("the dashboard did not start; see the message above")
        click.echo(f"leadloop: http://{ADDRESS}:{chosen}  (Ctrl-C)")
        raise SystemExit(process.wait())
    except KeyboardInterrupt:
        click.echo("")
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
