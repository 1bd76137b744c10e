"""The empty page that a browser gets first, and the files it asks for."""

from __future__ import annotations

import asyncio
import re

import pytest

from dashboard import assets, shell


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
