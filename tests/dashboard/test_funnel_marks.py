"""A click on a mark of the funnel page lists the leads that the mark counts, on the demo company."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest
from reading import chart, charts, texts, values

from dashboard.ui import fields, marks
from dashboard.ui.i18n import Translator
from leadloop.publish.connection import connect_file
from tests.conftest import Built

EN = Translator("en")
ALTS = {
    "steps": "Bars",
    "trend": "Line",
    "cohorts": "Heatmap",
    "bridge": "Waterfall",
    "panels": "Small multiples",
    "by": "Dots",
}


@pytest.fixture(scope="module")
def view(demo: Built):
    return {"home": demo.home.root, "lang": "en", "window": "m6"}


@pytest.fixture(scope="module")
def connection(demo: Built) -> Iterator:
    with connect_file(demo.warehouse) as opened:
        yield opened


def marked(figure: dict) -> list[str]:
    """What the marks of a figure hand back when they are clicked."""
    found = [str(v) for trace in figure["data"] for v in trace.get("customdata") or ()]
    return [v for v in found if v]


def listed(app) -> pd.DataFrame:
    """The list of leads, whole."""
    return next(f.value for f in app.dataframe if EN("funnel_page.went_on") in f.value.columns)


def rows_behind(open_page, view, mark: str, **query: str) -> int:
    """How many rows the list under a mark has."""
    app = open_page("funnel", **(view | query), mark=mark)
    assert not app.exception
    return len(listed(app))


@pytest.mark.parametrize("basis", fields.BASIS.choices)
def test_every_mark_has_leads_to_list(open_page, view, basis):
    app = open_page("funnel", **view, basis=basis)
    for name, alt in ALTS.items():
        found = marked(chart(app, alt))
        assert found, name
        read = [marks.read(raw) for raw in found]
        assert all(mark is not None and mark.chart == name for mark in read)
        # and the address takes it
        assert all(fields.MARK.parse(raw) == raw for raw in found)
    assert len(charts(app)) == len(ALTS)


@pytest.mark.parametrize("funnel_type", fields.FUNNEL_TYPE.choices)
def test_a_stage_lists_as_many_as_its_bar(open_page, view, funnel_type):
    trace = chart(open_page("funnel", **view, funnel=funnel_type), "Bars")["data"][-1]
    counts = values(trace["x"])
    # the first bar holds more than a list shows at once
    for count, mark in list(zip(counts, trace["customdata"], strict=True))[1:]:
        assert rows_behind(open_page, view, mark, funnel=funnel_type) == count > 0


@pytest.mark.parametrize("basis", ["period", "kaplan_meier"])
def test_a_step_lists_as_many_as_its_bar(open_page, view, basis):
    trace = chart(open_page("funnel", **view, basis=basis), "Bars")["data"][0]
    for count, mark in list(zip(values(trace["x"]), trace["customdata"], strict=True))[1:]:
        assert rows_behind(open_page, view, mark, basis=basis) == count > 0


@pytest.mark.parametrize("basis", ["cohort", "period"])
@pytest.mark.parametrize("segment", [{}, {"dim": "channel", "value": "webinar"}])
def test_a_month_lists_as_many_as_the_mart_counts(open_page, view, connection, basis, segment):
    figure = chart(open_page("funnel", **view, basis=basis, **segment), "Line")
    newest = marked(figure)[-1]
    found = marks.read(newest)
    count = connection.execute(
        f"select {'n' if basis == 'cohort' else 'k'} from marts.mart_conversions "
        "where from_stage = 'mql' and to_stage = 'sql' and basis = ? and period = ? "
        "and dimension = ? and value = ?",
        [basis, found.from_day, segment.get("dim", "all"), segment.get("value", "all")],
    ).fetchone()[0]
    assert rows_behind(open_page, view, newest, basis=basis, **segment) == count > 0


def test_a_cell_lists_those_who_went_on_by_its_day(open_page, view, connection):
    cells = marked(chart(open_page("funnel", **view), "Heatmap"))
    for raw in (cells[0], cells[len(cells) // 2], cells[-1]):
        mark = marks.read(raw)
        n, k = connection.execute(
            "select n, k from marts.mart_cohort_progress where from_stage = 'mql' and to_stage = 'sql' "
            "and dimension = 'all' and period = ? and age_days = ?",
            [mark.from_day, mark.within_days],
        ).fetchone()
        assert rows_behind(open_page, view, raw) == n
        if k:
            assert rows_behind(open_page, view, raw, taken="yes") == k
        if n > k:
            assert rows_behind(open_page, view, raw, taken="no") == n - k


@pytest.mark.parametrize("basis", ["cohort", "period"])
def test_both_ends_of_the_bridge_list_what_they_count(open_page, view, basis):
    trace = chart(open_page("funnel", **view, basis=basis), "Waterfall")["data"][0]
    lengths = values(trace["x"])
    for i in (0, -1):
        mark = trace["customdata"][i]
        assert rows_behind(open_page, view, mark, basis=basis) == lengths[i] > 0


def test_nobody_stands_behind_a_plan(open_page, view):
    trace = chart(open_page("funnel", **view, vs="target"), "Waterfall")["data"][0]
    assert trace["customdata"][0] == ""


@pytest.mark.parametrize("by", ["channel", "owner_id", "segment"])
def test_panels_and_dots_list_their_own_value(open_page, view, connection, by):
    app = open_page("funnel", **view, by=by)
    for alt in ("Small multiples", "Dots"):
        raw = marked(chart(app, alt))[-1]
        mark = marks.read(raw)
        rest = mark.kind == "rest"
        count = connection.execute(
            "select sum(n) from marts.mart_conversions where from_stage = 'mql' and to_stage = 'sql' "
            "and basis = 'cohort' and dimension = $by and period >= $first and period < $last "
            "and ((not $rest and value = $value) or ($rest and value not in (select value "
            "from marts.mart_conversions where from_stage = 'mql' and to_stage = 'sql' "
            "and basis = 'cohort' and dimension = $by and period >= date '2025-10-01' "
            "group by value order by sum(n) desc, value limit 5)))",
            {
                "by": by,
                "first": mark.from_day,
                "last": mark.until_day,
                "rest": rest,
                "value": mark.value,
            },
        ).fetchone()[0]
        assert rows_behind(open_page, view, raw, by=by) == count > 0


def test_a_list_closes_and_leads_to_cards(open_page, view):
    raw = marked(chart(open_page("funnel", **view), "Line"))[-1]
    app = open_page("funnel", **view, mark=raw)
    links = listed(app)[EN("funnel_page.card")]
    assert links.str.startswith("leads?lead=").all()
    app.button(key="mark_close").click().run()
    assert "mark" not in app.query_params
    assert EN("funnel_page.close") not in [b.label for b in app.button]


def test_three_bases_stand_side_by_side_with_the_reason(open_page, view, connection):
    rates = connection.execute(
        "select basis, rate from marts.mart_conversion_windows where time_window = 'm6' "
        "and dimension = 'all' and from_stage = 'mql' and to_stage = 'sql'"
    ).fetchall()
    text = texts(open_page("funnel", **view))
    for basis, rate in rates:
        assert f"{EN(f'basis.{basis}')}: {rate * 100:.1f}%" in text
    assert "Why they differ" in text


@pytest.mark.parametrize(
    "raw",
    [
        "trend~step~2026-02-30~2026-03-01~~",
        "trend~step~2026-02-01~~~",
        "nowhere~step~2026-02-01~2026-03-01~~",
        "trend~step~2026-02-01~2026-03-01~drop table~",
        "trend",
    ],
)
def test_an_address_that_names_no_mark_lists_nothing(open_page, view, raw):
    app = open_page("funnel", **view, mark=raw)
    assert not app.exception
    assert "mark" not in app.query_params


def test_a_month_after_december_is_january():
    assert str(marks.month_after(pd.Timestamp("2026-12-01").date())) == "2027-01-01"
    assert str(marks.month_after(pd.Timestamp("2026-01-01").date())) == "2026-02-01"
