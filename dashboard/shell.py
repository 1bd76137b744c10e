"""The empty HTML page that a browser gets first, and what Streamlit's own leaves to be found out.

Streamlit's page does not know under which address its server is. Opened as /leads it asks below
/leads first and gets two 404s before it asks at the root. This one takes the name of the page off
its address, so that a path under which a proxy serves us stays (https://host/leadloop/leads), and
says what the server would answer. It also asks at once for the code of what stands on the pages,
some sixty files, while the connection is made, and not one after the other when the first elements
have come.
"""

from __future__ import annotations

import html
import json
from functools import cache

from streamlit import config

from dashboard import assets
from dashboard.ui import fields

# What stands on the pages, small things first; the rest of a file's name is a hash. Not Plotly:
# running its code takes the browser a second, and the figures are to be there before that.
_NEEDED_SOON = (
    "ButtonGroup",
    "Popover",
    "Selectbox",
    "TextInput",
    "NumberInput",
    "Metric",
    "Expander",
    "DownloadButton",
    "Button",
    "Progress",
    "DataFrame",
)


# the home page ends with a slash and is left as it is, whatever a proxy calls us: /leads/
_BASE = (
    "window.location.origin + window.location.pathname"
    f".replace(/\\/({'|'.join(filter(None, fields.ADDRESSES.values()))})$/, '/')"
)


def _settings() -> str:
    """Where its server is, and what that answers at /_stcore/host-config, as a script."""
    known = {
        "allowedOrigins": list(config.get_option("client.allowedOrigins")),
        "useExternalAuthToken": False,
        "enableCustomParentMessages": False,
        "enforceDownloadInNewTab": False,
        "metricsUrl": "",
        "blockErrorDialogs": False,
        "resourceCrossOriginMode": None,
    }
    text = json.dumps(known).replace("<", "\\u003c")
    return (
        f"<script>window.__streamlit = {{BACKEND_BASE_URL: {_BASE}, HOST_CONFIG: {text}}}</script>"
    )


def _preloads(plain: str) -> str:
    """Links to the code of what stands on the pages, and to what that imports."""
    return "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{html.escape(name)}">'
        for name in assets.with_what_they_import(_NEEDED_SOON)
        if name not in plain
    )


@cache
def page() -> str:
    """Streamlit's page with both; as it is where Streamlit's has another shape."""
    plain = (assets.ROOT / "index.html").read_text("utf-8")
    return plain.replace("<head>", f"<head>{_settings()}", 1).replace(
        "</head>", f"{_preloads(plain)}</head>", 1
    )
