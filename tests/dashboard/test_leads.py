"""The lead list by capacity, and the company on the lead card."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
import warehouse
from reading import address, sentence, texts

from dashboard.data import repo
from dashboard.ui import i18n
from dashboard.ui.text import markdown
from leadloop.publish.connection import connect_file


@pytest.fixture
def connection(homes):
    path = homes("full") / "versions" / warehouse.RUN / "warehouse.duckdb"
    with connect_file(path) as opened:
        yield opened


def ask(connection, **changes):
    return repo.fetch(connection, "leads_list", **{**repo.QUERIES["leads_list"].example, **changes})


def shown(app):
    return next(f.value for f in app.dataframe if "リードID" in f.value.columns)


@pytest.mark.parametrize("capacity", [1, 7, 500])
def test_each_owner_keeps_the_most_urgent(connection, capacity):
    """The same leads as a plain reading of the mart, whatever the order on screen."""
    ranked = connection.execute(
        "select owner_id, lead_id from marts.lead_priorities where owner_rank is not null "
        "order by owner_id, owner_rank"
    ).fetchall()
    lists = defaultdict(list)
    for owner, lead_id in ranked:
        lists[owner].append(lead_id)
    expected = {lead for leads in lists.values() for lead in leads[:capacity]}
    for sort in ("score", "owner"):
        rows = ask(connection, per_owner=capacity, sort=sort, limit=1000)
        assert set(rows["lead_id"]) == expected
        assert set(rows["total_rows"]) == {len(expected)}


def test_capacity_counts_what_the_filters_let_through(connection):
    """Three MQLs each, though other stages stand before them in the list."""
    rows = ask(connection, stage="mql", per_owner=3, limit=1000)
    assert set(rows["stage"]) == {"mql"}
    assert Counter(rows["owner_id"]) == {f"S{n:02d}": 3 for n in range(4)}
    assert rows["owner_rank"].max() > 3
    everybody = ask(connection, stage="mql", limit=1000)
    for owner, part in rows.groupby("owner_id"):
        theirs = everybody[everybody["owner_id"] == owner]["owner_rank"]
        assert sorted(part["owner_rank"]) == sorted(theirs)[:3]


def test_nobody_calls_the_won_the_lost_and_the_disqualified(connection):
    rows = ask(connection, per_owner=999, limit=1000)
    assert not set(rows["stage"]) & {"won", "lost"}
    assert rows["disqualified_reason"].isna().all()
    assert 0 < len(rows) < len(ask(connection, limit=1000)) == 240


def test_by_owner_lists_one_after_the_other(connection):
    rows = ask(connection, sort="owner", limit=1000)
    keys = [
        (r.owner_id, r.owner_rank if r.owner_rank == r.owner_rank else 1e9)
        for r in rows.itertuples()
    ]
    assert keys == sorted(keys)


def test_capacity_lives_in_the_address(open_page):
    app = open_page("leads", "full", per_owner="5", owner="S01", sort="owner")
    assert app.number_input(key="per_owner").value == 5
    assert app.selectbox(key="owner").value == "S01"
    assert "5件" in sentence(app)
    table = shown(app)
    assert list(table["担当"]) == ["S01"] * 5
    assert list(table["担当内の優先順"]) == [1, 2, 3, 4, 5]
    app.number_input(key="per_owner").set_value(2).run()
    assert address(app, "per_owner") == "2"
    assert len(shown(app)) == 2
    app.number_input(key="per_owner").set_value(None).run()
    assert "per_owner" not in app.query_params


@pytest.mark.parametrize("raw", ["0", "-3", "1000", "five", "1.5", "٣"])
def test_a_capacity_that_is_none_is_dropped(open_page, raw):
    app = open_page("leads", "full", per_owner=raw)
    assert not app.exception
    assert app.number_input(key="per_owner").value is None
    assert "240件" in sentence(app)


def test_an_owner_whom_nobody_knows_is_dropped(open_page):
    app = open_page("leads", "full", owner="S99'; drop table marts.dim_leads; --")
    assert app.selectbox(key="owner").value == ""
    assert "240件" in sentence(app)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_card_says_who_of_the_company_is_there(open_page, language):
    """L000007 is the manager's colleague: a director was seen, one of three people is active."""
    tr = i18n.Translator(language)
    app = open_page("leads", "full", lang=language, lead="L000007")
    figures = {m.label: m.value for m in app.metric}
    assert figures[tr("account.people")] == "1 / 3"
    assert figures[tr("account.roles")] == "1 / 2"
    assert figures[tr("account.decider")] == tr("account.decider_seen")
    assert figures[tr("account.deal")] == tr("account.deal_open")
    assert tr("account.window", days="30") in texts(app)
    group = next(f.value for f in app.dataframe if tr("account.decides") in f.value.columns)
    assert list(group[tr("account.people_all")]) == ["1", "1", "1"]
    assert group[tr("account.decides")].iloc[0] == tr("yes")
    assert group[tr("dimension.job_level")].iloc[-1] == tr("label.job_level.unknown")


def test_a_lead_apart_says_why(open_page):
    app = open_page("leads", "full", lead="L000050")
    assert not app.exception
    assert i18n.Translator("ja")("state.no_account") in texts(app)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("lead", ["L000001", "L000007"])
def test_the_card_says_why_in_words(open_page, connection, language, lead):
    """L000007 is before MQL and has lost points; L000001 is an MQL, so that nothing is missing."""
    told = connection.execute(
        "select columns('_(ja|en)$') from marts.lead_explanations where lead_id = ?", [lead]
    ).fetchdf()
    page = texts(open_page("leads", "full", lang=language, lead=lead))
    for column, text in told.iloc[0].items():
        if text is not None:
            assert (markdown(text, 600) in page) == column.endswith(language), column
    assert (told["missing_ja"].iloc[0] is None) == (lead == "L000001")
    assert "None" not in page


def test_a_sentence_is_text_whatever_it_holds(open_page, homes):
    """What leads and seeds write into a sentence is no markup: every sign of it is escaped."""
    path = homes("hostile") / "versions" / warehouse.RUN / "warehouse.duckdb"
    with connect_file(path) as opened:
        why, missing = opened.execute(
            "select why_ja, missing_ja from marts.lead_explanations where lead_id = 'L000007'"
        ).fetchone()
    assert {why, missing} <= set(warehouse.HOSTILE)
    app = open_page("leads", "hostile", lead="L000007")
    assert not app.exception
    assert markdown(why, 600) in texts(app)
    assert markdown(missing, 600) in texts(app)
    assert "<script>" not in texts(app)
