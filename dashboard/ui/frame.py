"""What stands around every page: title, sentence, freshness, quality, version, language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.data.version import DataVersion, recent_runs
from dashboard.ui import fields, urlstate
from dashboard.ui.context import Context
from dashboard.ui.format import Formatter
from dashboard.ui.i18n import Translator
from leadloop.clock import now
from leadloop.settings import Home

STALE_HOURS = 26
OLD_HOURS = 74
_DATA_PAGE = "data"


@dataclass(frozen=True)
class Head:
    """The top of a page; the sentence is filled in once its figures are known."""

    place: Any

    def say(self, sentence: str) -> None:
        """The one sentence of the page. Texts of data in it must be escaped."""
        self.place.markdown(f"##### {sentence}")


def language_switch(tr: Translator) -> None:
    """Japanese or English, for every page."""
    urlstate.seed(fields.LANGUAGE)
    st.segmented_control(
        tr("frame.language"),
        list(fields.LANGUAGE.choices),
        format_func=lambda code: tr(f"language.{code}"),
        key=fields.LANGUAGE.key,
        required=True,
        on_change=urlstate.remember,
        args=(fields.LANGUAGE,),
        label_visibility="collapsed",
    )


def bare(tr: Translator) -> None:
    """The frame of a page that has no data yet."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        language_switch(tr)


def meeting_switch(tr: Translator) -> None:
    """Names of owners on or off; the address says it, so that a link keeps it."""
    is_on = urlstate.get(fields.MEETING) == "1"
    st.session_state[fields.MEETING.key] = is_on

    def changed() -> None:
        wanted = bool(st.session_state[fields.MEETING.key])
        urlstate.put(fields.MEETING, "1" if wanted else "")

    st.toggle(
        tr("meeting.switch"),
        key=fields.MEETING.key,
        on_change=changed,
        help=tr("meeting.help"),
    )


def open_page(ctx: Context) -> Head:
    """Draw the frame; call first on every page."""
    title, tools = st.columns([3, 2], vertical_alignment="center")
    title.title(ctx.tr(f"page.{ctx.page}.title"), anchor=False)
    with tools, st.container(horizontal=True, horizontal_alignment="right"):
        meeting_switch(ctx.tr)
        _version_menu(ctx)
        language_switch(ctx.tr)
    place = st.empty()
    _status(ctx)
    _notices(ctx)
    return Head(place)


def freshness(data: DataVersion, fmt: Formatter) -> tuple[str, str]:
    """The word on the age of the data, and its colour."""
    if data.manifest.is_demo:
        return fmt.tr("frame.demo"), "blue"
    hours = (now() - data.as_of).total_seconds() / 3600
    age = fmt.tr("frame.age", hours=f"{max(hours, 0):,.0f}")
    if hours > OLD_HOURS:
        return fmt.tr("frame.old", age=age), "red"
    if hours > STALE_HOURS:
        return fmt.tr("frame.stale", age=age), "orange"
    return fmt.tr("frame.fresh", age=age), "green"


def quality(data: DataVersion, tr: Translator) -> tuple[str, str]:
    """Tests passed of all, and the colour that goes with it."""
    whole = data.tests_passed == data.tests_total
    text = tr("frame.tests", passed=data.tests_passed, total=data.tests_total)
    return ("✓ " if whole else "⚠ ") + text, "green" if whole else "orange"


def _status(ctx: Context) -> None:
    data, fmt, tr = ctx.store.data, ctx.fmt, ctx.tr
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        text, colour = freshness(data, fmt)
        st.badge(text, color=colour)  # type: ignore[arg-type]
        _to_data_page(*quality(data, tr))
        held = data.manifest.rows.get("quarantine", 0)
        if held:
            _to_data_page(tr("frame.held", n=f"{held:,}"), "gray")
        st.caption(
            tr(
                "frame.as_of",
                moment=fmt.instant(data.as_of),
                zone=fmt.zone(data.as_of),
                run=data.run_id,
            ),
            width="content",
        )


def _to_data_page(text: str, colour: str) -> None:
    """A badge that opens the page that says what is behind it."""
    st.page_link(f"app_pages/{_DATA_PAGE}.py", label=f":{colour}-badge[{text}]", width="content")


def _notices(ctx: Context) -> None:
    data, tr = ctx.store.data, ctx.tr
    if data.problem:
        st.error(tr("frame.fallback", run=data.run_id, reason=tr(f"problem.{data.problem}")))
    if data.has_newer:
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.warning(tr("frame.newer", pinned=data.run_id, newest=data.newest_run))
        right.button(tr("frame.newest"), on_click=_pin, args=("",), key="to_newest")


def _pin(run_id: str) -> None:
    urlstate.put(fields.VERSION, run_id)


def _version_menu(ctx: Context) -> None:
    tr, data = ctx.tr, ctx.store.data
    label = tr("frame.pinned") if data.is_pinned else tr("frame.version")
    with st.popover(label):
        st.write(tr("frame.pin_help"))
        if data.is_pinned:
            st.button(tr("frame.unpin"), on_click=_pin, args=("",), key="unpin")
        else:
            st.button(tr("frame.pin"), on_click=_pin, args=(data.run_id,), key="pin")
        for run_id in recent_runs(Home.from_environment()):
            mark = " ●" if run_id == data.run_id else ""
            st.button(run_id + mark, on_click=_pin, args=(run_id,), key=f"pin_{run_id}")
