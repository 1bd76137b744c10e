"""The dashboard's entry: page config, language, data version, navigation, then one page."""

from __future__ import annotations

import sys
from pathlib import Path

# Streamlit puts this folder, not the project, on the path
_ROOT = str(Path(__file__).resolve().parent.parent)
if _ROOT not in sys.path:
    sys.path.insert(0, _ROOT)

import streamlit as st  # noqa: E402

from dashboard.data.repo import QueryFailed  # noqa: E402
from dashboard.data.store import Store  # noqa: E402
from dashboard.data.version import NothingPublished, open_data  # noqa: E402
from dashboard.ui import charts, context, fields, frame, states, urlstate  # noqa: E402
from dashboard.ui.format import Formatter  # noqa: E402
from dashboard.ui.i18n import Translator  # noqa: E402
from dashboard.ui.labels import Labels  # noqa: E402
from leadloop.settings import Home  # noqa: E402


def _context(home: Home, page: str, tr: Translator) -> context.Context:
    data = open_data(home, urlstate.get(fields.VERSION))
    store = Store(data, is_meeting=urlstate.get(fields.MEETING) == "1")
    fmt = Formatter(tr, data.manifest.business_timezone, data.manifest.base_currency)
    return context.Context(tr, fmt, store, Labels.of(store.ask("labels"), tr), page)


def main() -> None:
    """One run of the script."""
    urlstate.adopt((fields.LANGUAGE,))
    tr = Translator(urlstate.get(fields.LANGUAGE))
    st.set_page_config(page_title=tr("app.title"), page_icon="🔁", layout="wide")
    pages = {
        name: st.Page(
            f"app_pages/{name}.py",
            title=tr(f"page.{name}.nav"),
            url_path=fields.ADDRESSES[name],
            default=name == "home",
        )
        for name in fields.PAGES
    }
    chosen = st.navigation(list(pages.values()), position="top")
    name = next(key for key, page in pages.items() if page == chosen)
    urlstate.adopt(fields.PAGES[name], name)
    home = Home.from_environment()
    try:
        context.keep(_context(home, name, tr))
        charts.begin()
        chosen.run()
        charts.draw()
    except NothingPublished:
        frame.bare(tr)
        states.nothing_published(tr)
    except QueryFailed:
        states.damaged(tr)
    finally:
        urlstate.publish(fields.PAGES[name], name)


main()
