"""Streamlit's own scripts and styles, from memory.

A page needs a hundred of them. Streamlit reads each from disk in pieces, every piece in a thread
that waits for the interpreter while another reader's page is being worked out.
"""

from __future__ import annotations

import mimetypes
import re
from functools import cache, lru_cache
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Receive, Scope, Send

ROOT = Path(streamlit.__file__).resolve().parent / "static"
_PREFIX = "/static/"
# the names hold a hash of what is in them
_FOREVER = b"public, immutable, max-age=31536000"
# what is larger is rare on our pages, and not worth the memory
_LARGEST = 8_000_000
_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


@cache
def _known() -> dict[str, Path]:
    """The files by the path at which they are asked for: nothing else can be reached."""
    files = (path for path in (ROOT / "static").rglob("*") if path.is_file())
    return {
        _PREFIX + path.relative_to(ROOT / "static").as_posix(): path
        for path in files
        if path.stat().st_size <= _LARGEST
    }


@lru_cache(maxsize=512)
def _content(path: Path) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return body, [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", _FOREVER),
        (b"x-content-type-options", b"nosniff"),
    ]


class Assets:
    """Answers for Streamlit's files, and hands everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        path = None
        if scope["type"] == "http" and scope["method"] == "GET":
            path = _known().get(scope["path"])
        if path is None:
            await self.app(scope, receive, send)
            return
        body, headers = _content(path)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def with_what_they_import(starts: tuple[str, ...]) -> list[str]:
    """The names of the scripts that begin so, and of all that they import."""
    folder = ROOT / "static" / "js"
    waiting = [p.name for start in starts for p in sorted(folder.glob(f"{start}.*.js"))]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name not in found and (folder / name).is_file():
            found[name] = None
            waiting += _IMPORT.findall((folder / name).read_text("utf-8", errors="replace"))
    return list(found)


def warm_up() -> None:
    """Read what every page asks for."""
    for path in _known().values():
        if path.stat().st_size < 1_000_000 or path.name.startswith(("PlotlyChart.", "index.")):
            _content(path)
