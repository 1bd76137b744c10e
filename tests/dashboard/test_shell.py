"""The empty page that a browser gets first, and the files it asks for."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import time
import urllib.request

import pytest

from dashboard import assets, shell
from leadloop.commands.dashboard import ADDRESS, free_port, is_serving, server_command
from leadloop.settings import PROJECT_ROOT


def ask(path: str, method: str = "GET") -> list[dict]:
    """What the middleware sends; `passed on` where it leaves the request to Streamlit."""
    sent: list[dict] = []

    async def streamlit(scope, receive, send) -> None:
        sent.append({"passed on": scope["path"]})

    async def send(message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": []}
    asyncio.run(assets.Assets(streamlit)(scope, None, send))
    return sent


def test_the_page_names_its_server_and_what_it_will_need():
    page = shell.page()
    assert page.index("window.__streamlit") < page.index('<script type="module"')
    asked = re.findall(r'\./static/js/([\w.-]+\.js)"', page)
    assert len(asked) == len(set(asked)) > 60
    assert all((assets.ROOT / "static" / "js" / name).is_file() for name in asked)
    # its code is a second of the browser's time, before which the figures are to be seen
    assert not [name for name in asked if name.startswith("PlotlyChart")]


def _after(page: str, name: str) -> dict:
    """The object that the page sets under a name."""
    start = page.index(f"{name}: ") + len(name) + 2
    return json.JSONDecoder().raw_decode(page, start)[0]


def test_the_page_says_what_the_server_would_answer(homes):
    """Copied from Streamlit: where a newer one answers something else, this is where it is seen."""
    port = free_port()
    process = subprocess.Popen(
        server_command(port),
        cwd=PROJECT_ROOT,
        env={**os.environ, "LEADLOOP_HOME": str(homes("one_row"))},
        stdout=subprocess.DEVNULL,
    )

    def get(path: str) -> str:
        with urllib.request.urlopen(f"http://{ADDRESS}:{port}{path}", timeout=5) as answer:
            return answer.read().decode()

    try:
        deadline = time.monotonic() + 60
        while not is_serving(port):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        answer = json.loads(get("/_stcore/host-config"))
        for path in ("/", "/leads"):
            assert _after(get(path), "HOST_CONFIG") == answer
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_files_come_from_memory_as_they_are_on_disk():
    path = next((assets.ROOT / "static" / "js").glob("PlotlyChart.*.js"))
    start, body = ask(f"/static/js/{path.name}")
    headers = dict(start["headers"])
    assert start["status"] == 200
    assert body["body"] == path.read_bytes()
    assert headers[b"content-length"] == str(path.stat().st_size).encode()
    assert b"javascript" in headers[b"content-type"]
    assert b"immutable" in headers[b"cache-control"]


@pytest.mark.parametrize(
    "path",
    ["/static/js/../../index.html", "/static/js/none.js", "/static", "/", "/_stcore/health", "//static/js/x.js"],
)  # fmt: skip
def test_whatever_else_is_asked_for_is_streamlits_affair(path):
    assert ask(path) == [{"passed on": path}]


def test_only_reading_is_answered_from_memory():
    name = next((assets.ROOT / "static" / "js").glob("Metric.*.js")).name
    assert ask(f"/static/js/{name}", "POST") == [{"passed on": f"/static/js/{name}"}]
