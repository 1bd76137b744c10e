"""Every page, in both languages, on every dataset: it renders, and says what to do."""

from __future__ import annotations

import re

import pytest
import warehouse
from reading import charts, sentence, texts, values

from dashboard.ui import fields, i18n

PAGES = tuple(fields.PAGES)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("dataset", tuple(warehouse.DATASETS))
@pytest.mark.parametrize("page", PAGES)
def test_page_renders(open_page, page, dataset, language):
    query = {"lead": warehouse.LEAD} if page == "leads" else {}
    app = open_page(page, dataset, lang=language, **query)
    assert not app.exception
    tr = i18n.Translator(language)
    assert app.title[0].value == tr(f"page.{page}.title")
    # how the data is doing is asked most where no lead came of it
    if dataset == "empty" and page != "data":
        assert tr("state.no_leads.title") in texts(app)
        assert "make demo" in app.code[0].value
        return
    assert sentence(app)
    # a chart without words for those who do not see it is a defect
    assert all(c["alt"] for c in charts(app))


@pytest.mark.parametrize(
    ("page", "least"),
    [
        ("home", 9),
        ("funnel", 6),
        ("returns", 4),
        ("handoff", 6),
        ("channel_roi", 5),
        ("leads", 2),
        ("definitions", 1),
        ("data", 1),
    ],
)
def test_full_data_draws_every_chart(open_page, page, least):
    query = {"lead": warehouse.LEAD} if page == "leads" else {}
    assert len(charts(open_page(page, "full", **query))) == least


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_no_table_shows_none(open_page, page, language):
    """Who has no rank has an empty cell; so has every other value that is not there."""
    query = {"lead": "L000002", "sort": "owner"} if page == "leads" else {}
    app = open_page(page, "full", lang=language, **query)
    assert len(app.dataframe) > 0
    for frame in app.dataframe:
        # what Streamlit writes into a cell without a value; left to itself that is None
        assert frame.proto.HasField("placeholder")
        assert frame.proto.placeholder == ""
        for column in frame.value.columns:
            assert not {"None", "nan", "NaN", "NaT", "<NA>"} & set(
                map(str, frame.value[column].dropna())
            )


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_nothing_published_says_what_to_do(open_page, tmp_path, language):
    app = open_page(home=tmp_path / "nowhere", lang=language)
    assert not app.exception
    assert app.header[0].value == i18n.Translator(language)("state.nothing_published.title")
    assert "make demo" in app.code[0].value
    assert "leadloop load" in app.code[0].value


def test_immature_cohorts_are_not_judged(open_page):
    app = open_page("home", "immature")
    assert "未成熟" in sentence(app)
    judged = [m.value for m in app.markdown if "目標27.0%に未達" in m.value]
    assert judged == []


def test_unknown_lead_says_so(open_page):
    app = open_page("leads", "full", lead="L999999")
    assert not app.exception
    assert i18n.Translator("ja")("state.no_such_lead") in texts(app)


def test_events_that_do_not_count_say_so(open_page):
    """A bot's visit stays on the timeline, hollow and with the reason; the others have none."""
    app = open_page("leads", "full", lead=warehouse.LEAD)
    table = next(f.value for f in app.dataframe if "出来事" in f.value.columns)
    reasons = table["採点対象外"].tolist()
    left_out = reasons.count("ボットの訪問")
    assert 0 < left_out < len(reasons) == left_out + reasons.count("")
    symbols = [
        symbol
        for chart in charts(app)
        for trace in chart["data"]
        for symbol in (values(trace.get("marker", {}).get("symbol") or []))
    ]
    assert symbols.count("circle-open") == left_out
    assert symbols.count("circle") == len(reasons) - left_out
    assert f"白抜きの点（{left_out}件）" in texts(app)


def test_cost_that_nobody_registered_is_never_zero(open_page):
    app = open_page("channel_roi", "full")
    table = next(f.value for f in app.dataframe if "ROI" in f.value.columns)
    by_channel = table.set_index("チャネル")
    assert by_channel.loc["自然検索", "費用"] == "費用未登録"
    assert by_channel.loc["自然検索", "ROI"] == "費用未登録"
    assert "費用未登録" not in set(by_channel.loc["展示会"])


def test_both_languages_show_the_same_figures(open_page):
    japanese, english = (charts(open_page("home", "full", lang=c)) for c in i18n.LANGUAGES)
    for left, right in zip(japanese[:8], english[:8], strict=True):
        for one, other in zip(left["data"], right["data"], strict=True):
            assert values(one["y"]) == values(other["y"])
    assert values(japanese[8]["data"][0]["x"]) == values(english[8]["data"][0]["x"])


@pytest.mark.parametrize("page", PAGES)
def test_hostile_texts_stay_texts(open_page, page):
    query = {"lead": warehouse.LEAD} if page == "leads" else {}
    app = open_page(page, "hostile", **query)
    # what a markdown renderer would act on never appears without a backslash before it
    rendered = re.sub(r"\\.", "", texts(app))
    for live in ("<script", "<img", "![beacon](", "](javascript:", ":red[red]", "http://127"):
        assert live not in rendered
    for figure in charts(app):
        assert "<script" not in str(figure)
        assert "<img" not in str(figure)
