"""The dashboard as it is behind a proxy: under a path, which the proxy takes off."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

# ends like one of our pages, and is none
PATH = "/company/leads"


@dataclass
class Proxied:
    """What is below the path goes to the dashboard, anything else is not there."""

    app: Any

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One request; the health check is that of whoever starts the server."""
        path = scope.get("path", "")
        if scope["type"] == "lifespan" or path == "/_stcore/health":
            await self.app(scope, receive, send)
        elif path.startswith(f"{PATH}/"):
            below = path.removeprefix(PATH)
            await self.app({**scope, "path": below, "raw_path": below.encode()}, receive, send)
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await send({"type": "websocket.close", "code": 1000})


def main(port: int) -> None:
    """Serve until the process is ended."""
    import uvicorn

    from dashboard.asgi import app
    from leadloop.commands.dashboard import ADDRESS

    uvicorn.run(Proxied(app), host=ADDRESS, port=port, log_level="error")


if __name__ == "__main__":
    main(int(sys.argv[1]))
