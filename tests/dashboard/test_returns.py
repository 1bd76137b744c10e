"""The page on returned leads: its figures are the marts', and every mark leads to its leads."""

from __future__ import annotations

import json

import pytest
import returned
import warehouse
from reading import address, chart, sentence, texts, values
from streamlit.testing.v1 import AppTest

from dashboard.ui import i18n, theme
from dashboard.ui.figures import returns
from leadloop.publish.connection import connect_file

# the window that holds every return of the synthetic company
ALL = {"ret_window": "m12"}


@pytest.fixture
def connection(homes):
    path = homes("full") / "versions" / warehouse.RUN / "warehouse.duckdb"
    with connect_file(path) as opened:
        yield opened


def _list(app: AppTest):
    """The table of returned leads."""
    return next(f.value for f in app.dataframe if "営業の言葉" in f.value.columns)


def _button(app: AppTest, key: str):
    return next(b for b in app.button if b.key == key)


def test_the_bars_are_the_returns(open_page, connection):
    app = open_page("returns", "full", **ALL)
    figure = chart(app, "パレート図")
    bars, before, line = figure["data"]
    rows = connection.execute(
        "select k, previous_k, cumulative_share from marts.mart_return_reasons "
        "where time_window = 'm12' and dimension = 'all' order by k desc, return_reason"
    ).fetchall()
    assert values(bars["y"]) == [k for k, *_ in rows]
    assert sum(values(bars["y"])) == returned.RETURNS == len(_list(app))
    assert values(before["y"]) == [p for _, p, _ in rows]
    assert values(line["y"]) == pytest.approx([s for *_, s in rows])
    assert values(line["y"])[-1] == pytest.approx(1.0)
    assert "30件" in sentence(app)
    assert "60.0% (18/30件)" in sentence(app)


def test_all_months_have_no_ring_of_a_window_before(open_page):
    figure = chart(open_page("returns", "full", ret_window="all"), "パレート図")
    assert [t["name"] for t in figure["data"]] == ["この期間", "累積の割合"]


def test_unknown_words_are_their_own_bar(open_page):
    figure = chart(open_page("returns", "full", **ALL), "パレート図")
    assert [c[0] for c in figure["data"][0]["customdata"]] == [
        "too_early",
        "wrong_size",
        "unclassified",
    ]


def test_only_what_the_correction_leaves_is_dark(open_page):
    figure = chart(open_page("returns", "full", **ALL), "フォレスト図")
    marks = {t["customdata"][0][0]: t["marker"] for t in figure["data"]}
    # four leads of the industry are too few to be drawn
    assert set(marks) == {"channel:exhibition", "channel:webinar"}
    assert marks["channel:exhibition"]["color"] == theme.ACTUAL
    assert marks["channel:webinar"]["color"] == theme.COMPARISON
    assert marks["channel:exhibition"]["symbol"] != marks["channel:webinar"]["symbol"]


def test_flows_add_up(open_page, connection):
    app = open_page("returns", "full", **ALL)
    trace = chart(app, "流れ図")["data"][0]
    assert len(trace["node"]["label"]) <= 10
    flows = list(
        zip(
            values(trace["link"]["source"]),
            values(trace["link"]["target"]),
            values(trace["link"]["value"]),
            strict=True,
        )
    )
    labels = trace["node"]["label"]
    into = {n: sum(v for _, b, v in flows if b == n) for n in range(len(labels))}
    out = {n: sum(v for a, _, v in flows if a == n) for n in range(len(labels))}
    sources = [n for n in into if into[n] == 0]
    assert sum(out[n] for n in sources) == returned.RETURNS
    assert all(out[n] <= into[n] for n in into if n not in sources)
    won = connection.execute(
        "select count(won_again_at), count(*) from marts.fct_returns where months_ago <= 12"
    ).fetchone()
    assert won == (2, returned.RETURNS)
    assert next(into[i] for i, name in enumerate(labels) if name.startswith("受注")) == 2


@pytest.mark.parametrize("node", ["group_timing", "nurturing", "excluded", "mql", "sql", "won"])
def test_a_node_leads_to_its_leads(open_page, node):
    app = open_page("returns", "full", **ALL)
    button = _button(app, f"node_{node.replace('_', ':')}")
    count = int(button.label.rpartition(" ")[2].removesuffix("件"))
    button.click().run()
    assert not app.exception
    assert len(_list(app)) == count > 0


def test_cells_are_the_returns_and_lead_to_them(open_page):
    app = open_page("returns", "full", **ALL)
    figure = chart(app, "ヒートマップ")
    marks = [c[0] for c in figure["data"][2]["customdata"]]
    counts = [v for line in figure["data"][1]["z"] for v in values(line) if v]
    assert sum(v for v in counts if v == v) == returned.RETURNS
    assert len(marks) == len(counts)
    channel, reason = marks[0].split("|")
    narrowed = open_page("returns", "full", channel=channel, reason=reason, **ALL)
    assert 0 < len(_list(narrowed)) < returned.RETURNS


def test_a_trait_leads_to_its_leads(open_page, connection):
    app = open_page("returns", "full", trait="channel:exhibition", ret_window="all")
    k = connection.execute(
        "select k from marts.mart_trait_lift where trait = 'channel' and value = 'exhibition'"
    ).fetchone()[0]
    assert len(_list(app)) == k


def test_a_clicked_mark_sets_the_filter_that_the_list_has(monkeypatch):
    import streamlit as st

    from dashboard.ui import charts, fields, return_list, urlstate

    state = {"chart_cells": {"selection": {"points": [{"customdata": ["web|too_early"]}]}}}
    monkeypatch.setattr(st, "session_state", state)
    charts._clicked("chart_cells", return_list.pick_cell)
    assert urlstate.get(fields.RETURN_CHANNEL) == "web"
    assert urlstate.get(fields.RETURN_REASON) == "too_early"
    state["chart_cells"]["selection"]["points"] = []
    charts._clicked("chart_cells", return_list.pick_cell)
    assert urlstate.get(fields.RETURN_REASON) == urlstate.get(fields.RETURN_CHANNEL) == ""
    return_list.pick_trait("channel:web")
    assert urlstate.get(fields.RETURN_WINDOW) == "all"
    return_list.clear()
    assert urlstate.get(fields.TRAIT) == urlstate.get(fields.RETURN_REASON) == ""


def test_the_lot_is_the_same_for_everybody(open_page):
    """Six cards: three by lot, the same in a second session; the three highest scores."""

    def keys(app: AppTest) -> list[str]:
        return [b.key for b in app.button if b.key.startswith("card_")]

    first, second = (keys(open_page("returns", "full", **ALL)) for _ in range(2))
    assert first == second
    assert len([k for k in first if k.startswith("card_random")]) == 3
    assert [k for k in first if k.startswith("card_worst")] == [
        f"card_worst_L{i:06d}_1" for i in (30, 29, 28)
    ]


def test_a_card_holds_what_sales_wrote_and_opens_the_lead(open_page):
    app = open_page("returns", "full", **ALL)
    assert "営業の言葉: 「来年度に検討するとのこと」" in texts(app)
    # a reason chosen from a list is no word of anybody's
    assert "「unclassified」" not in texts(app)
    _button(app, "card_worst_L000030_1").click().run()
    assert not app.exception
    assert address(app, "lead") == "L000030"
    assert i18n.Translator("ja")("lead.score_title") in texts(app)


def test_suggestions_are_made_of_the_marts(open_page):
    said = texts(open_page("returns", "full", **ALL))
    assert "展示会」の引き渡しは差し戻し率が50.0% (20/40件)" in said
    assert "再びMQLになったのは44.4% (8/18件)" in said
    assert "受注は2件" in said


def test_without_a_sure_trait_nothing_is_suggested():
    import pandas as pd

    from dashboard.ui import return_words

    none = pd.DataFrame(columns=["is_trait", "lift_low", "trait", "value"])
    assert return_words._trait(None, none) == ""  # type: ignore[arg-type]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("dataset", ["one_row", "immature"])
def test_nothing_returned_says_so(open_page, dataset, language):
    app = open_page("returns", dataset, lang=language, **ALL)
    tr = i18n.Translator(language)
    assert not app.exception
    assert tr("returns.no_returns") in sentence(app)
    assert tr("state.no_rows") in texts(app)
    assert tr("state.too_few_handoffs") in texts(app)


def test_a_filter_of_nothing_keeps_the_page(open_page):
    app = open_page("returns", "full", reason="duplicate", standing="won", trait="x:y", **ALL)
    assert not app.exception
    assert i18n.Translator("ja")("state.no_rows") in texts(app)


def test_the_order_of_the_flow_is_the_order_of_the_nodes():
    assert (*returns.FOLLOW_UPS, *returns.AFTER) == ("nurturing", "excluded", "mql", "sql", "won")
    assert json.dumps(returns.GROUPS)
