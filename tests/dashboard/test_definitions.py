"""The page of definitions: what it says of a version, of two of them, and of the leads that move."""

from __future__ import annotations

import csv
import io
import re
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
import warehouse
from reading import address, chart, sentence, texts, values
from streamlit.testing.v1 import AppTest

from dashboard.ui.definitions import changes, words
from dashboard.ui.format import Formatter
from dashboard.ui.i18n import Translator
from dashboard.ui.labels import Labels
from leadloop.publish.connection import connect_file
from leadloop.settings import PROJECT_ROOT


def _context(language: str = "ja") -> SimpleNamespace:
    """What the words need of a page."""
    tr = Translator(language)
    names = {("industry", "it"): "IT", ("activity_type", "key_page_view"): "Pricing page"}
    return SimpleNamespace(tr=tr, fmt=Formatter(tr), labels=Labels(names, tr))


def _row(**given: object) -> SimpleNamespace:
    empty = dict.fromkeys(
        ("subject", "field", "operator", "value", "cap_points", "cap_period", "rule_group",
         "group_cap_points", "decay", "decay_days", "distinct_by", "min_count", "window_days")
    )  # fmt: skip
    return SimpleNamespace(**(empty | given))


@pytest.mark.parametrize(
    ("given", "japanese", "english"),
    [
        ({"subject": "key_page_view", "operator": "exists"}, "Pricing page", "Pricing page"),
        (
            {"subject": "lead", "field": "industry", "operator": "in", "value": "it|steel"},
            "業種が「IT、steel」のどれか",
            "Industry is one of “IT, steel”",
        ),
        (
            {"subject": "lead", "field": "industry", "operator": "in", "value": "it"},
            "業種が「IT」",
            "Industry is “IT”",
        ),
        (
            {"subject": "lead", "field": "employee_count", "operator": "between", "value": "1|9"},
            "従業員数が1〜9",
            "Employees is 1 to 9",
        ),
        (
            {"subject": "score", "field": "total", "operator": "gte", "value": "50"},
            "スコアの合計が50以上",
            "Score: total is 50 or more",
        ),
        (
            {"subject": "lead", "field": "is_opted_out", "operator": "eq", "value": "true"},
            "配信停止が「はい」",
            "Opted out is “yes”",
        ),
        # braces of data are no slots of ours
        (
            {"subject": "lead", "field": "job_title", "operator": "contains", "value": "{value}"},
            "肩書に「{value}」を含む",
            "Job title contains “{value}”",
        ),
    ],
)
def test_a_condition_in_words(given, japanese, english):
    assert words.condition(_row(**given), _context("ja")) == japanese
    assert words.condition(_row(**given), _context("en")) == english


@pytest.mark.parametrize(
    ("given", "japanese", "english"),
    [
        ({}, "", ""),
        ({"decay": "none", "distinct_by": "event"}, "", ""),
        ({"cap_points": 30.0, "cap_period": "month"}, "1か月30点まで", "at most 30 a month"),
        ({"decay": "half_life", "decay_days": 30}, "30日ごとに半減", "halves every 30 days"),
        (
            {"rule_group": "web", "group_cap_points": 40.0, "distinct_by": "day"},
            "1日に1回だけ、グループ「web」で合計40点まで",
            "once a day, group “web” gives 40 at most",
        ),
    ],
)
def test_what_holds_points_down_in_words(given, japanese, english):
    assert words.limits(_row(**given), _context("ja")) == japanese
    assert words.limits(_row(**given), _context("en")) == english


@pytest.mark.parametrize(
    ("given", "japanese", "english"),
    [
        ({}, "", ""),
        ({"min_count": 1.0, "distinct_by": "event"}, "", ""),
        (
            {"min_count": 3.0, "distinct_by": "session", "window_days": 30},
            "30日以内に3回(訪問)以上",
            "within 30 days 3 or more visits",
        ),
        ({"window_days": 60}, "60日以内", "within 60 days"),
    ],
)
def test_a_count_in_words(given, japanese, english):
    assert words.count(_row(**given), _context("ja")) == japanese
    assert words.count(_row(**given), _context("en")) == english


def _criterion(name: str, **more: object) -> SimpleNamespace:
    return _row(
        stage="mql", path="warm", criterion=name, label_ja=f"条件{name}", label_en=name,
        subject="visit", operator="exists", role=None, **more,
    )  # fmt: skip


def _version(*criteria: SimpleNamespace) -> changes.Version:
    held = {f"mql:warm:{row.criterion}": row for row in criteria}
    return changes.Version("v", None, {}, held, {})


def _change(name: str, kind: str, attribute: str = "whole", **more: object) -> dict[str, object]:
    return {
        "thing_kind": "criterion", "thing_id": f"mql:warm:{name}", "attribute": attribute,
        "change_kind": kind, "stage": "mql", "path": "warm", "old_value": None, "new_value": None,
        "old_label_ja": f"条件{name}", "old_label_en": name, "new_label_ja": f"条件{name}",
        "new_label_en": name, "reason": None, **more,
    }  # fmt: skip


def _said(
    rows: list[dict[str, object]], old: changes.Version, new: changes.Version, language: str
) -> list[str]:
    return [s.text for s in changes.sentences(pd.DataFrame(rows), old, new, _context(language))]


def _reworded(
    before: tuple[str, object], after: tuple[str, object], attribute: str = "window_days"
) -> tuple[list[dict[str, object]], changes.Version, changes.Version]:
    """Criterion a, whose words and one of whose attributes differ."""
    sides = [_criterion("a", **{attribute: value}) for _, value in (before, after)]
    for row, (words_of_it, _) in zip(sides, (before, after), strict=True):
        row.label_ja = row.label_en = words_of_it
    values = {"old_value": str(before[1]), "new_value": str(after[1])}
    labels = {
        f"{side}_label_{language}": text
        for side, text in (("old", before[0]), ("new", after[0]))
        for language in ("ja", "en")
    }
    row = _change("a", "changed", attribute, **values, **labels)
    return [row], _version(sides[0]), _version(sides[1])


def test_other_words_do_not_hide_another_number():
    """A month becomes a quarter in words, 30 days become 90 in fact: the days are said."""
    case = _reworded(("3 times a month", 30), ("3 times a quarter", 90))
    assert _said(*case, "ja") == [
        "「MQLの条件: 3 times a quarter」の回数と期間を「30日以内」から「90日以内」に変更。"
    ]
    assert _said(*case, "en") == [
        "“MQL criterion: 3 times a quarter”: number and window changes "
        "from “within 30 days” to “within 90 days”."
    ]


def test_words_that_trade_the_very_number_tell_it():
    case = _reworded(("within 30 days", 30), ("within 90 days", 90))
    assert _said(*case, "en") == ["MQL criterion “within 30 days” becomes “within 90 days”."]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # the numbers are there, but the words trade others
        (("3 visits in 30 days", 3), ("30 days, 3 visits", 30)),
        (("3 visits in 30 days", 3), ("3 visits in 5 days", 5)),
        (("2 visits in 30 days", 2), ("5 visits in 30 days", 30)),
        (("30 points, 90 days", 30), ("30 points, 90 days, all of them", 90)),
        (("130 days", 30), ("190 days", 90)),
    ],
)
def test_numbers_that_only_happen_to_be_there_tell_nothing(before, after):
    (said,) = _said(*_reworded(before, after), "en")
    assert f"from “within {before[1]} days” to “within {after[1]} days”" in said


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_path_told_as_a_whole_does_not_hide_another_number(language):
    """Criterion c comes, and a asks for 90 days instead of 30 under other words."""
    rows, old, new = _reworded(("monthly", 30), ("quarterly", 90))
    new.criteria["mql:warm:c"] = _criterion("c")
    path, days = _said([*rows, _change("c", "added")], old, new, language)
    assert "monthly" in path
    assert "quarterly" in path
    assert "30" in days
    assert "90" in days
    # where the words of the path tell the number it is not said twice
    rows, old, new = _reworded(("30 days", 30), ("90 days", 90))
    new.criteria["mql:warm:c"] = _criterion("c")
    (path,) = _said([*rows, _change("c", "added")], old, new, language)
    assert "30 days" in path
    assert "90 days" in path


def test_one_that_takes_the_place_of_another_under_the_same_words():
    gone, come = _criterion("a", window_days=30), _criterion("b", window_days=90)
    gone.label_en = come.label_en = "visits"
    rows = [_change("a", "removed"), _change("b", "added")]
    assert _said(rows, _version(gone), _version(come), "en") == [
        "The way to MQL by “visits (Any visit, within 30 days)” "
        "becomes “visits (Any visit, within 90 days)”."
    ]


@pytest.mark.parametrize(
    "change",
    [
        # once is enough, so that our words say nothing of what is counted
        {"attribute": "distinct_by", "old_value": "event", "new_value": "session"},
        # a column that this page has never heard of
        {"attribute": "weekday", "old_value": "monday", "new_value": "friday"},
        # the mart knows a criterion that the version does not
        {
            "attribute": "window_days",
            "old_value": "30",
            "new_value": "90",
            "thing_id": "mql:warm:z",
        },
    ],
)
def test_what_our_words_do_not_show_is_said_in_those_of_the_agreement(change):
    same = _version(_criterion("a", distinct_by="event"))
    other = _version(_criterion("a", distinct_by="session"))
    (said,) = _said([_change("a", "changed") | change], same, other, "en")
    assert change["attribute"] in said
    assert f"from “{change['old_value']}” to “{change['new_value']}”" in said


def _facts() -> set[tuple[str, str]]:
    """The kinds and attributes of the mart, by its own text."""
    path = PROJECT_ROOT / "models/marts/agreement/steps/agreement_facts.sql"
    found, kind = set(), ""
    for line in path.read_text("utf-8").splitlines():
        start = re.match(r"    '(\w+)': \{", line)
        kind = start[1] if start else kind
        if "'attributes'" in line or line.startswith(" " * 12):
            found |= {(kind, name) for name in re.findall(r"'(\w+)': ", line)}
    return {(k, a) for k, a in found if k and a != "attributes"}


def test_every_attribute_of_the_mart_has_words():
    facts = {fact for fact in _facts() if fact[0] != "grade"}
    assert facts == {(kind, a) for kind, known in changes._ASPECTS.items() for a in known}


def test_a_path_with_other_criteria_is_told_as_a_whole():
    """One criterion goes, two come, one that stays counts more: the path in one sentence, then the count."""
    old = _version(_criterion("a"), _criterion("b"))
    new = _version(_criterion("b", min_count=3), _criterion("c"), _criterion("d"))
    rows = pd.DataFrame(
        [
            _change("a", "removed"),
            _change("b", "changed", "min_count"),
            _change("c", "added"),
            _change("d", "added"),
        ]
    )
    said = [one.text for one in changes.sentences(rows, old, new, _context("ja"))]
    assert said == [
        "MQLの条件「条件a」かつ「条件b」を「条件b」かつ「条件c」かつ「条件d」に変更。",
        "「MQLの条件: 条件b」に回数と期間を設定(「3回以上」)。",
    ]
    said = [one.text for one in changes.sentences(rows, old, new, _context("en"))]
    assert said[0] == "The way to MQL by “a” and “b” becomes “b” and “c” and “d”."


def test_how_long_a_status_lasts_is_no_way_into_it():
    new = _version(_criterion("a"))
    new.criteria["mql:warm:a"].role = "stay"
    rows = pd.DataFrame([_change("a", "added")])
    (said,) = changes.sentences(rows, _version(), new, _context("ja"))
    assert said.text == "MQLが続く条件を追加: 「条件a」。"


@pytest.mark.parametrize(
    ("text", "japanese", "english"),
    [
        ("関心の表れ / A sign of interest", "関心の表れ", "A sign of interest"),
        ("A / B", "A / B", "A / B"),
        ("理由だけ", "理由だけ", "理由だけ"),
        ("入 / 出の表 / In / out", "入 / 出の表", "In / out"),
        (None, "", ""),
    ],
)
def test_a_text_in_two_languages_is_shown_in_one(text, japanese, english):
    assert words.localized(text, _context("ja")) == japanese
    assert words.localized(text, _context("en")) == english


def _plain(app: AppTest) -> str:
    """The texts of a page as people read them."""
    return texts(app).replace("\\", "").replace("\u2060", "")


def test_the_version_in_force_is_read_first(open_page):
    app = open_page("definitions", "full")
    assert app.selectbox(key="read").value == "v2"
    assert sentence(app).startswith("##### いまの基準はv2(2026/05/01(金)から)。")
    text = texts(app)
    assert "理由: v2の理由" in text
    assert "マーケティング 佐藤、営業 鈴木" in text
    table = next(f.value for f in app.dataframe if "数え方・上限・減衰" in f.value.columns)
    by_rule = table.set_index("ルール")
    assert by_rule.loc["ルールemail_open", "数え方・上限・減衰"] == "1日に1回だけ、30日ごとに半減"
    assert by_rule.loc["ルールindustry", "点"] == "+15点"
    assert by_rule.loc["ルールindustry", "条件"] == "業種が「製造業、it」のどれか"
    history = next(f.value for f in app.dataframe if "有効期間" in f.value.columns)
    assert history["状態"].tolist() == ["終了", "いま有効", "提案"]
    # the last day is one on which it held
    assert history["有効期間"].tolist()[0] == "2026/01/01(木)〜2026/04/30(木)"


def test_a_proposal_says_that_nobody_approved_it(open_page):
    app = open_page("definitions", "full", read="v3", lang="en")
    assert "Approved: marketing not yet; sales not yet" in _plain(app)


@pytest.mark.parametrize(
    ("pair", "language", "expected"),
    [
        (
            ("v1", "v2"),
            "ja",
            ["MQLの条件「合計スコアが40点以上」を「合計スコアが50点以上」に変更。"],
        ),
        (
            ("v2", "v3"),
            "ja",
            [
                "MQLの条件を追加: 「条件demo」かつ「条件visits」。",
                "「ルールkey_page_view」に上限を設定(「1か月30点まで」)。",
                "ルール「ルールvideo_view」を追加(+5点)。",
                "「競合企業」の扱いを「印をつけるだけ」から「MQLにしない」に変更。",
            ],
        ),
        (
            ("v3", "v2"),
            "en",
            [
                "A way to become MQL is dropped: “Criterion demo” and “Criterion visits”.",
                "“Rule key_page_view”: cap “at most 30 a month” is dropped.",
                "Rule “Rule video_view” (+5) is dropped.",
                "“Competitor”: effect changes from “never an MQL” to “marked only”.",
            ],
        ),
    ],
)
def test_what_differs_sentence_by_sentence(open_page, pair, language, expected):
    app = open_page(
        "definitions", "full", lang=language, **dict(zip(("from", "to"), pair, strict=True))
    )
    plain = _plain(app)
    at = [plain.index(text) for text in expected]
    assert at == sorted(at), "the definitions first, then points, then exclusions"
    assert _counted(app, language) == _bullets(app, language) == len(expected)


def _bullets(app: AppTest, language: str) -> int:
    """How many differences the page tells."""
    tr = Translator(language)
    titles = [f"**{tr(f'change.kind.{kind}')}**" for kind in changes.KINDS]
    parts = [m.value for m in app.markdown if str(m.value).startswith(tuple(titles))]
    return sum(line.startswith("- ") for part in parts for line in part.split("\n"))


def _counted(app: AppTest, language: str) -> int:
    """How many differences the sentence on top counts."""
    text = Translator(language)("sentence.changes", old="v.", new="v.", n="(?P<n>[0-9]+)")
    return int(re.search(text.strip(), sentence(app))["n"])


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_long_list_is_told_to_its_end_and_counted(open_page, tmp_path, language):
    """The sixtieth domain of an exclusion is the one that differs; its effect differs too."""
    house = warehouse.full()
    domains = [f"competitor-number-{n}.example" for n in range(60)]
    place = list(warehouse.MARTS["dim_disqualifiers"].replace(" varchar", "").split(", "))
    value = place.index("value") + 1
    held = {"v2": domains[:-1], "v3": domains}
    house.rows["dim_disqualifiers"] = [
        (*row[:value], "|".join(held.get(row[1], domains)), *row[value + 1 :])
        for row in house.rows["dim_disqualifiers"]
    ]
    house.add(
        "mart_version_changes", "v2", "v3", "disqualifier", "competitor", "value", "changed", None,
        None, "|".join(held["v2"]), "|".join(held["v3"]), *("競合企業", "Competitor") * 2, None,
    )  # fmt: skip
    house.write(tmp_path / "file.duckdb")
    warehouse.publish_file(tmp_path / "home", tmp_path / "file.duckdb")
    app = open_page("definitions", home=tmp_path / "home", lang=language)
    assert domains[-1] in _plain(app)
    assert _counted(app, language) == _bullets(app, language) == 5


def test_the_pair_is_the_one_in_force_and_the_next(open_page):
    app = open_page("definitions", "full")
    assert app.selectbox(key="from").value == "v2"
    assert app.selectbox(key="to").value == "v3"
    assert "from" not in app.query_params
    app.selectbox(key="from").set_value("v1").run()
    assert address(app, "from") == "v1"
    assert app.selectbox(key="to").value == "v2"
    app.button(key="swap").click().run()
    assert (address(app, "from"), address(app, "to")) == ("v2", "v1")
    # nothing is compared with itself
    assert "v2" not in app.selectbox(key="to").options


def test_a_version_that_is_not_there_says_so(open_page):
    app = open_page("definitions", "full", **{"from": "v9", "to": "v1", "read": "v8"})
    assert not app.exception
    said = [w.value for w in app.warning]
    assert [w for w in said if "v9" in w]
    assert [w for w in said if "v8" in w]
    assert app.selectbox(key="from").value == "v2"
    assert app.selectbox(key="to").value == "v1"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_one_version_has_nobody_beside_it(open_page, language):
    app = open_page("definitions", "one_row", lang=language)
    assert Translator(language)("state.one_version") in texts(app)
    assert "v2" in sentence(app)
    assert [box.key for box in app.selectbox] == ["read"]


def test_an_agreement_that_is_not_there_says_so(open_page, tmp_path):
    house = warehouse.full()
    for mart in warehouse.MARTS:
        if mart.startswith(("dim_scor", "dim_stage", "dim_disq", "mart_version")):
            house.rows[mart] = []
    house.write(tmp_path / "file.duckdb")
    warehouse.publish_file(tmp_path / "home", tmp_path / "file.duckdb")
    app = open_page("definitions", home=tmp_path / "home")
    assert not app.exception
    assert Translator("ja")("state.no_agreement") in texts(app)


@pytest.fixture
def connection(homes):
    path = homes("full") / "versions" / warehouse.RUN / "warehouse.duckdb"
    with connect_file(path) as opened:
        yield opened


def test_effects_are_those_of_the_marts(open_page, connection):
    app = open_page("definitions", "full", **{"from": "v1", "to": "v2"})
    groups = dict(
        connection.execute(
            "select distinct lead_group, n from marts.mart_version_outcomes "
            "where from_version = 'v1' and to_version = 'v2'"
        ).fetchall()
    )
    tiles = {metric.label: metric for metric in app.metric}
    assert tiles["MQLになるリード"].value == f"{groups['after']}件"
    assert tiles["MQLになるリード"].delta == f"−180件(元は{groups['before']}件)"
    assert tiles["新たに入る"].value == f"{groups['gained']}件"
    assert tiles["外れる"].value == f"{groups['dropped']}件"
    bars = {t["name"]: values(t["x"]) for t in chart(app, "積み上げ")["data"]}
    assert bars == {
        "どちらの版でも": [groups["kept"]] * 2,
        "外れる": [groups["dropped"]],
        "新たに入る": [groups["gained"]],
    }
    table = next(f.value for f in app.dataframe if "MQLになるリード" in f.value.columns)
    n, k = connection.execute(
        "select n, k from marts.mart_version_outcomes where from_version = 'v1' "
        "and to_version = 'v2' and lead_group = 'dropped' and outcome = 'won'"
    ).fetchone()
    row = table.set_index("MQLになるリード").loc["外れる"]
    assert f"({k}/{n}件)" in row["受注"]
    assert "区間" in row["受注"]


def test_a_difference_is_said_only_where_it_is_one(open_page):
    app = open_page("definitions", "full", **{"from": "v1", "to": "v2"})
    lines = next(m.value for m in app.markdown if "外れるリードのうち" in m.value).split("\n")
    became_sql, won = lines[0], lines[1]
    assert "**低い**と言えます" in became_sql
    assert "誤差の範囲" in won


def test_few_leads_are_not_compared(open_page):
    app = open_page("definitions", "immature", **{"from": "v1", "to": "v2"})
    text = texts(app)
    assert "件数が少なく、比べられません" in text
    assert "と言えます" not in text


def test_leads_that_move_lead_to_their_cards(open_page, connection):
    app = open_page("definitions", "full", lang="en", **{"from": "v2", "to": "v3"})
    table = next(f.value for f in app.dataframe if "Card" in f.value.columns)
    link = urlsplit(table["Card"][0])
    assert (link.scheme, link.netloc, link.path) == ("", "", "leads")
    lead_id = table["Lead id"][0]
    assert parse_qs(link.query) == {"lead": [lead_id], "lang": ["en"]}
    # those that were won come first
    assert "Won" in table["What happened"][0]
    card = open_page("leads", "full", lead=lead_id)
    assert card.subheader[0].value

    app.segmented_control(key="movement").set_value("gained").run()
    assert address(app, "movement") == "gained"
    gained = next(f.value for f in app.dataframe if "Card" in f.value.columns)
    expected = connection.execute(
        "select count(*) from marts.mart_version_moves where from_version = 'v2' "
        "and to_version = 'v3' and movement = 'gained'"
    ).fetchone()[0]
    assert len(gained) == expected
    # both criteria of the path that makes them MQLs
    assert set(gained["Made an MQL by"]) == {"“Criterion demo” and “Criterion visits”"}


def test_the_export_holds_everybody_who_moves(open_page, connection):
    from dashboard.ui import context
    from dashboard.ui.definitions import compare

    app = open_page("definitions", "full", **{"from": "v1", "to": "v2"})
    ctx = app.session_state[context._KEY]
    scorecards = ctx.store.ask("scorecards", as_of="2026-10-31T15:00:00")
    raw = compare.export(ctx, scorecards, "v1", "v2", "dropped").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(raw, newline="")))
    expected = connection.execute(
        "select count(*) from marts.mart_version_moves where from_version = 'v1' "
        "and to_version = 'v2' and movement = 'dropped'"
    ).fetchone()[0]
    assert lines.index([]) - 1 == expected > 200
    flat = [cell for line in lines for cell in line]
    assert warehouse.RUN in flat
    assert "カルテ" not in flat
    # the screen shows the first of them and says so
    assert f"{expected}件のうち" in texts(app)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("room", [-1, 0])
def test_a_cut_export_of_those_who_move_says_so(open_page, connection, monkeypatch, language, room):
    from dashboard.ui import context, exports
    from dashboard.ui.definitions import compare

    total = connection.execute(
        "select count(*) from marts.mart_version_moves where from_version = 'v1' "
        "and to_version = 'v2' and movement = 'dropped'"
    ).fetchone()[0]
    monkeypatch.setattr(exports, "MOST_ROWS", total + room)
    app = open_page("definitions", "full", lang=language, **{"from": "v1", "to": "v2"})
    ctx = app.session_state[context._KEY]
    scorecards = ctx.store.ask("scorecards", as_of="2026-10-31T15:00:00")
    raw = compare.export(ctx, scorecards, "v1", "v2", "dropped").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(raw, newline="")))
    assert lines.index([]) - 1 == total + room
    said = ctx.tr(
        "export.cut" if room else "export.whole", total=f"{total}", most=f"{total + room}"
    )
    assert lines[-1] == [ctx.tr("export.rows"), said]
    # all who fall out are counted, whatever the file holds of them
    assert lines[-2][1] == ctx.tr("definitions.dropped", n=ctx.fmt.count(total))
    assert said in texts(app)
