"""The server: Streamlit's, with an HTML page of our own and warm before it answers."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parent
# Streamlit puts this folder, not the project, on the path
if str(_FOLDER.parent) not in sys.path:
    sys.path.insert(0, str(_FOLDER.parent))

import anyio.to_thread  # noqa: E402
import streamlit as st  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402
from starlette.requests import Request  # noqa: E402
from starlette.responses import HTMLResponse  # noqa: E402
from starlette.routing import Route  # noqa: E402

from dashboard import assets, shell  # noqa: E402
from dashboard.ui import fields  # noqa: E402


async def _page(_: Request) -> HTMLResponse:
    return HTMLResponse(shell.page(), headers={"Cache-Control": "no-cache"})


@asynccontextmanager
async def _warm(_: Any) -> AsyncIterator[None]:
    # what it caches needs Streamlit's runtime, which is there only now
    from dashboard import warm

    # the health check answers when this is done, so whoever is told the address finds a warm server
    await anyio.to_thread.run_sync(warm.warm_up)
    yield


app = st.App(
    _FOLDER / "main.py",
    routes=[Route(f"/{name}", _page) for name in fields.ADDRESSES.values()],
    middleware=[Middleware(assets.Assets)],
    lifespan=_warm,
)
