"""The last builds, and how the tests of this one ended."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.data.builds import Build
from dashboard.ui import charts, states
from dashboard.ui.context import Context
from dashboard.ui.figures import health
from dashboard.ui.text import clean, markdown

_LONGEST = 20


def strip(ctx: Context, made: Sequence[Build]) -> None:
    """Thirty builds at most: how long each took and how it ended."""
    tr = ctx.tr
    st.header(tr("health.builds_title"), anchor=False)
    st.caption(tr("health.builds_help"))
    if not made:
        states.no_rows(tr, "no_builds")
        return
    charts.show(
        health.strip(made, ctx.fmt),
        tr("health.builds_alt", n=len(made)),
        table(made, ctx),
        key="builds",
        tr=tr,
    )


def table(made: Sequence[Build], ctx: Context) -> pd.DataFrame:
    """A line a build, the newest first."""
    tr, fmt = ctx.tr, ctx.fmt
    return pd.DataFrame(
        [
            {
                tr("health.run"): build.run_id,
                tr("health.at"): fmt.instant(build.at),
                tr("health.state"): tr(f"health.build_{build.state}"),
                tr("health.seconds"): fmt.count(build.seconds, unit=False),
                tr("health.tests_passed"): fmt.count(build.tests_passed, unit=False),
                tr("health.tests_warned"): fmt.count(build.tests_warned, unit=False),
                tr("health.held"): fmt.count(build.held, unit=False),
                tr("health.why"): clean(build.reason),
            }
            for build in reversed(made)
        ]
    )


def tests(ctx: Context) -> None:
    """What the build of this version checked, and what it had to say."""
    tr, data = ctx.tr, ctx.store.data
    st.header(tr("health.tests_title"), anchor=False)
    tests = data.manifest.tests
    st.markdown(
        tr(
            "health.tests_line",
            passed=f"{tests.passed:,}",
            warned=f"{tests.warned:,}",
            failed=f"{tests.failed:,}",
        )
    )
    said = [*tests.warnings, *data.manifest.notices]
    if not said:
        st.caption(tr("health.tests_quiet"))
        return
    st.warning(tr("health.tests_said", n=len(said)))
    for text in said[:_LONGEST]:
        st.markdown(f"- {markdown(text, 300)}")
