"""The address holds the state: codes in, codes out, nothing else accepted."""

from __future__ import annotations

import pytest
import warehouse
from reading import address, chart, sentence, values

from dashboard.ui import fields
from leadloop.publish.connection import connect_file


def test_a_link_restores_the_view(open_page):
    app = open_page("home", "full", window="m12", dim="channel", value="exhibition")
    assert app.selectbox(key="window").value == "m12"
    assert app.selectbox(key="value").value == "exhibition"
    assert "展示会" in sentence(app)
    assert "直近12か月" in sentence(app)


def test_a_choice_goes_to_the_address_as_a_code(open_page):
    app = open_page("home", "full")
    app.selectbox(key="window").set_value("m6").run()
    assert address(app, "window") == "m6"
    # a default leaves the address
    app.selectbox(key="window").set_value("m3").run()
    assert "window" not in app.query_params


def test_the_same_link_works_in_both_languages(open_page):
    figures = [
        values(
            chart(open_page("funnel", "full", lang=lang, window="m6", basis="period"), word)[
                "data"
            ][0]["x"]
        )
        for lang, word in (("ja", "横棒"), ("en", "Bars"))
    ]
    assert figures[0] == figures[1]


def test_state_survives_a_change_of_page(open_page):
    app = open_page("home", "full", window="m6")
    app.switch_page("app_pages/funnel.py").run()
    assert app.selectbox(key="window").value == "m6"
    assert address(app, "window") == "m6"


def test_language_switch(open_page):
    app = open_page("home", "full")
    app.segmented_control(key="lang").set_value("en").run()
    assert app.title[0].value == "Meeting home"
    assert address(app, "lang") == "en"


ATTACKS = (
    "m3'; drop table marts.dim_leads; --",
    "1 or 1=1",
    "<script>window.__x=1</script>",
    "../../etc/passwd",
    "all\x00",
    "x" * 5000,
    "' union select email from marts.dim_lead_contacts --",
    "",
)


@pytest.mark.parametrize("shift", [0, 3])
@pytest.mark.parametrize("page", tuple(fields.PAGES))
def test_hostile_addresses_are_dropped(open_page, page, shift):
    keys = [f.key for f in fields.PAGES[page] if f.key not in {"lang", "v"}]
    query = {key: ATTACKS[(i + shift) % len(ATTACKS)] for i, key in enumerate(keys)}
    app = open_page(page, "full", **query)
    assert not app.exception
    assert app.title
    # an empty value is none; what the address keeps of it says nothing
    closed = {f.key for f in fields.PAGES[page] if f.choices and query.get(f.key)}
    assert not closed & set(app.query_params)


def test_search_is_only_ever_a_value(open_page):
    app = open_page("leads", "full")
    for attack in ATTACKS:
        app.text_input(key="q").set_value(attack[:100]).run()
        assert not app.exception
        expected = "240件" if not attack.strip() else "は0件"
        assert expected in sentence(app), attack


def test_search_finds_a_name_whatever_its_case(open_page):
    app = open_page("leads", "full", q="PERSON7@EXAMPLE")
    assert "1件" in sentence(app)


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ({"stage": "sql"}, "stage = 'sql'"),
        ({"grade": "A1"}, "grade = 'A1'"),
        ({"min_score": "40"}, "total_score >= 40"),
        ({"dim": "channel", "value": "webinar"}, "channel = 'webinar'"),
    ],
)
def test_list_filters_count_as_sql_does(open_page, homes, query, condition):
    path = homes("full") / "versions" / warehouse.RUN / "warehouse.duckdb"
    with connect_file(path) as connection:
        scored = connection.table("marts.dim_leads").join(
            connection.table("marts.lead_scores"), "lead_id"
        )
        count = scored.filter(condition).shape[0]
    assert 0 < count < 240
    assert f"{count}件" in sentence(open_page("leads", "full", **query))


def test_pages_of_the_list(open_page):
    app = open_page("leads", "full")
    app.button(key="leads.forward").click().run()
    assert address(app, "p") == "2"
    assert any("101–200" in c.value for c in app.caption)
    # a filter that makes the list shorter goes back to the first page
    app.text_input(key="q").set_value("L000007").run()
    assert "1件" in sentence(app)
    assert any("1–1件" in c.value for c in app.caption)


def test_a_lead_opens_by_its_address_and_closes(open_page):
    app = open_page("leads", "full", lead="L000007")
    assert any("山田 太郎7" in s.value for s in app.subheader)
    app.button(key="close").click().run()
    assert "lead" not in app.query_params
