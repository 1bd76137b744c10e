"""`leadloop dashboard` serves on the loopback and takes its server with it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from leadloop.commands import dashboard
from leadloop.errors import UsageError


def test_the_first_free_port_is_taken(monkeypatch):
    with socket.socket() as taken:
        taken.bind((dashboard.ADDRESS, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not dashboard.is_free(port)
        monkeypatch.setattr(dashboard, "FIRST_PORT", port)
        assert port < dashboard.free_port() < port + 50


def test_no_free_port_is_a_usage_error(monkeypatch):
    monkeypatch.setattr(dashboard, "is_free", lambda port: False)
    with pytest.raises(UsageError, match="8501 to 8550"):
        dashboard.free_port()


def test_serves_until_it_is_stopped(homes):
    process = subprocess.Popen(
        [sys.executable, "-m", "leadloop.cli", "dashboard", "--home", str(homes("one_row"))],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        text=True,
    )
    try:
        line = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert address, line
        with urllib.request.urlopen(f"{address[0]}/_stcore/health", timeout=5) as answer:
            assert answer.read() == b"ok"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
    port = int(address[0].rsplit(":", 1)[1])
    deadline = time.monotonic() + 5
    while not dashboard.is_free(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert dashboard.is_free(port)
