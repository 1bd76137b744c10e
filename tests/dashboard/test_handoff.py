"""The page of hand-over and SLA: its figures are the marts', and no meeting reads a name."""

from __future__ import annotations

import handing
import pytest
import warehouse
from reading import address, chart, charts, sentence, texts, values

from dashboard.ui import i18n
from leadloop.publish.connection import connect_file
from leadloop.publish.versions import resolve
from leadloop.settings import Home


def _ask(homes, sql):
    with connect_file(resolve(Home(homes("full"))).path) as connection:
        return connection.execute(sql).fetchall()


def _traces(app, word):
    return chart(app, word)["data"]


def test_every_waiting_hand_over_is_a_dot(open_page, homes):
    calls = _ask(homes, "select is_late, count(*) from marts.mart_calls_today group by 1")
    drawn = _traces(open_page("handoff", "full"), "散布図")
    assert sum(len(values(t["x"])) for t in drawn) == sum(n for _, n in calls)
    assert {len(values(t["x"])) for t in drawn} == {n for _, n in calls}


def test_the_histogram_holds_every_hand_over_that_was_synced(open_page, homes):
    (done,) = _ask(
        homes,
        f"select count(*) from marts.fct_sla_checks where term_id = '{handing.SYNC}' "
        "and done_at is not null",
    )[0]
    drawn = _traces(open_page("handoff", "full"), "ヒストグラム")
    assert sum(sum(values(t["y"])) for t in drawn) == done
    late = [t for t in drawn if t["marker"]["color"] == "#D55E00"]
    assert all(x > 24 for x in values(late[0]["x"]))


def test_the_hours_of_the_week_hold_every_contact(open_page, homes):
    (called,) = _ask(
        homes, "select count(*) from marts.fct_handoffs where first_contact_at is not null"
    )[0]
    squares = _traces(open_page("handoff", "full"), "初回連絡の件数")[0]
    assert sum(values(squares["marker"]["color"])) == called


def test_the_curve_is_the_mart(open_page, homes):
    lines = _traces(open_page("handoff", "full"), "累積折れ線")
    held = _ask(
        homes,
        "select period, rate from marts.mart_contact_progress where business_hours = 18 "
        "order by period desc",
    )
    assert [values(line["y"])[18] for line in lines] == pytest.approx([rate for _, rate in held])


def test_the_table_judges_each_promise(open_page):
    table = next(
        f.value for f in open_page("handoff", "full").dataframe if "約束" in f.value.columns
    )
    rows = table.set_index("約束")
    contact = rows.loc["2営業日以内に初回連絡"]
    assert contact["月"] == "2026年9月"
    assert contact["判定"] == "目標に未達"
    assert "(48/60件)" in contact["実績"]
    assert rows.loc["mql_volume", "判定"] == "目標を達成"
    assert rows.loc["mql_volume", "連続達成"] == "3か月"


@pytest.mark.parametrize(
    ("pick", "condition"),
    [
        ("month:2026-10-01", "handoffs.period = '2026-10-01'"),
        (f"term:{handing.CONTACT}:2026-10-01", "contact.has_been_late"),
        ("delay:8", "handoffs.sync_hours >= 8 and handoffs.sync_hours < 12"),
        ("handed_over:3:10", "handoffs.handed_over_weekday = 3"),
        ("contact:4:11", "handoffs.contact_weekday = 4"),
        (f"owner:{handing.OWNER}", "true"),
        ("week:2026-10-19", "true"),
        ("week:2026-10-19:sales_1", "true"),
        ("week:2026-10-19:nobody", "false"),
    ],
)
def test_a_mark_opens_its_hand_overs(open_page, homes, pick, condition):
    expected = _ask(
        homes,
        "select handoffs.lead_id from marts.fct_handoffs as handoffs "
        "inner join marts.fct_sla_checks as contact on handoffs.lead_id = contact.lead_id "
        f"and contact.term_id = '{handing.CONTACT}' where {condition} order by 1",
    )
    app = open_page("handoff", "full", pick=pick)
    assert not app.exception
    tables = [f.value for f in app.dataframe if "リードID" in f.value.columns and "経過" in f.value]
    found = sorted(tables[0]["リードID"]) if tables else []
    assert found == [lead for (lead,) in expected]
    assert address(app, "pick") == pick


def test_every_mark_can_be_an_address(open_page):
    """What a figure hands to a click is either a lead or a mark that the address takes."""
    from dashboard.ui import fields

    clickable = 0
    for figure in charts(open_page("handoff", "full")):
        for trace in figure["data"]:
            for mark in values(trace.get("customdata", [])):
                clickable += 1
                assert fields.PICK.parse(mark) == mark or mark.startswith("L0")
    assert clickable > 100


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("page", ["handoff", "leads"])
def test_no_meeting_reads_the_name_of_an_owner(open_page, page, language):
    query = {"lead": "L000020"} | ({"pick": "month:2026-10-01"} if page == "handoff" else {})

    def everything(app):
        shown = [texts(app), str(charts(app)), *(f.value.to_csv() for f in app.dataframe)]
        return "\n".join([*shown, *(str(t.value) for t in app.text)])

    owners = (handing.OWNER, "S00")
    open_to_all = everything(open_page(page, "full", lang=language, **query))
    assert any(owner in open_to_all for owner in owners)
    app = open_page(page, "full", lang=language, meeting="1", **query)
    assert not app.exception
    hidden = everything(app)
    assert not [owner for owner in owners if owner in hidden]
    assert address(app, "meeting") == "1"


def test_a_meeting_ignores_a_link_to_an_owner(open_page):
    app = open_page("handoff", "full", meeting="1", pick=f"owner:{handing.OWNER}")
    assert not app.exception
    assert handing.OWNER not in texts(app)
    assert not [f for f in app.dataframe if "経過" in f.value.columns]


def test_the_card_says_what_is_left(open_page):
    app = open_page("leads", "full", lead="L000020")
    assert any("期限超過" in e.value and "営業時間の超過" in e.value for e in app.error)
    legs = next(f.value for f in app.dataframe if "うち営業時間" in f.value.columns)
    assert legs["出来事"].tolist() == [
        "基準を満たした",
        "引き渡し一覧に掲載",
        "SFAに連携",
        "担当を割り当て",
    ]
    called = open_page("leads", "full", lead="L000008")
    assert not called.error
    legs = next(f.value for f in called.dataframe if "うち営業時間" in f.value.columns)
    notes = legs.set_index("出来事")["備考"]
    assert notes["初回連絡"] == "最初の通話・面談・商談からの推定"
    assert notes["営業の判断"] == "商談化"


def test_a_lead_that_was_never_handed_over_has_no_such_part(open_page):
    app = open_page("leads", "full", lead=warehouse.LEAD)
    assert not [f for f in app.dataframe if "うち営業時間" in f.value.columns]


def test_nobody_waits(open_page):
    app = open_page("handoff", "one_row")
    assert "待ちはありません" in sentence(app)
    assert app.success[0].value == i18n.Translator("ja")("handoff.nobody_waits")
