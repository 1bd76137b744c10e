"""Data and definitions: can these figures be trusted, and where do they come from?"""

from __future__ import annotations

from dashboard.data.builds import recent_builds
from dashboard.ui import frame, sentences
from dashboard.ui.context import current
from dashboard.ui.health import balance, builds, held, identities, sources, terms
from leadloop.settings import Home


def main() -> None:
    """One run of the page; a version without leads has a state of its data too."""
    ctx = current()
    head = frame.open_page(ctx)
    head.say(sentences.data(ctx, ctx.store.ask("row_balance_total")))
    builds.strip(ctx, recent_builds(Home.from_environment()))
    balance.show(ctx)
    held.show(ctx)
    held.warnings(ctx)
    sources.freshness(ctx)
    sources.changes(ctx)
    builds.tests(ctx)
    identities.show(ctx)
    terms.show(ctx)


main()
