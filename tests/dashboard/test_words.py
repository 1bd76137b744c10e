"""Rate texts, numbers, escaping and exports: small functions with exact answers."""

from __future__ import annotations

import csv
import io
from datetime import date

import pandas as pd
import pytest
import warehouse
from reading import texts

from dashboard.ui import exports, rates, text
from dashboard.ui.format import Formatter
from dashboard.ui.i18n import Translator
from dashboard.ui.rates import Rate, Verdict, judge

JA = Formatter(Translator("ja"))
EN = Formatter(Translator("en"))


def rate(k: int, n: int) -> Rate:
    return Rate.of(n, k, k / n if n else None, *warehouse.wilson(k, n))


@pytest.mark.parametrize(
    ("k", "n", "expected"),
    [
        (0, 0, "対象なし"),
        (1, 1, "1/1件"),
        (3, 9, "3/9件"),
        (3, 10, "30.0% (3/10件) 区間11–60% ⚠少数"),
        (9, 29, "31.0% (9/29件) 区間17–49% ⚠少数"),
        (9, 30, "30.0% (9/30件) 区間17–48%"),
        # the interval of a tiny rate needs its decimals
        (1, 1000, "0.1% (1/1,000件) 区間0.0–0.6%"),
    ],
)
def test_rate_text_at_every_edge(k, n, expected):
    assert rates.sentence(rate(k, n), JA) == expected


def test_an_estimate_says_how_many_are_open():
    """It is not k of n, so the reader is told what it expects something of."""
    estimate = Rate.of(386, 93, 0.27, 0.2, 0.3, 40)
    assert rates.sentence(estimate, JA) == "27.0% (93/386件、進行中40件) 区間20–30%"
    assert rates.sentence(estimate, EN) == "27.0% (93 of 386, 40 open) interval 20–30%"


def test_no_percentage_below_ten_anywhere():
    for n in range(10):
        for k in range(n + 1):
            small = rate(k, n)
            assert small.shown is None
            for fmt in (JA, EN):
                joined = rates.sentence(small, fmt) + rates.headline(small, fmt)
                assert "%" not in joined + rates.interval(small, fmt)


@pytest.mark.parametrize(
    ("k", "n", "mature", "expected"),
    [
        (9, 30, True, Verdict.MET),
        (100, 1000, True, Verdict.MISSED),
        (7, 30, True, Verdict.WITHIN_NOISE),
        (100, 1000, False, Verdict.IMMATURE),
        (0, 9, True, Verdict.TOO_SMALL),
        (0, 0, True, Verdict.NO_DATA),
    ],
)
def test_verdict_of_a_rate(k, n, mature, expected):
    one = rate(k, n)
    gap = None if not n else k - -(-27 * n // 100)
    verdict = judge(unit="rate", actual=one.rate, target=0.27, gap=gap, is_mature=mature, rate=one)
    # without records there is neither a figure nor a gap
    assert verdict is expected


def test_fewer_returns_are_better():
    few, many = rate(10, 1000), rate(300, 1000)
    common = {"unit": "rate", "target": 0.15, "is_mature": True, "fewer_is_better": True}
    assert judge(actual=few.rate, gap=-140, rate=few, **common) is Verdict.MET
    assert judge(actual=many.rate, gap=150, rate=many, **common) is Verdict.MISSED


def test_no_target_no_verdict():
    verdict = judge(unit="count", actual=5, target=None, gap=None, is_mature=True)
    assert verdict is Verdict.NO_TARGET


@pytest.mark.parametrize(
    ("low", "high", "real"),
    [(0.01, 0.05, True), (-0.05, -0.01, True), (-0.01, 0.01, False), (None, None, False)],
)
def test_a_difference_counts_only_outside_noise(low, high, real):
    assert rates.is_difference_real(low, high) is real


@pytest.mark.parametrize(
    ("value", "japanese", "english"),
    [
        (9_800, "9,800円", "¥9.8k"),
        (12_340_000, "1,234万円", "¥12.3M"),
        (123_000_000, "1.23億円", "¥123M"),
        (99_999_999, "1億円", "¥100M"),
        (-500_000, "−50万円", "−¥500k"),
        (0, "0円", "¥0"),
        (None, "—", "—"),
        (float("nan"), "—", "—"),
    ],
)
def test_money(value, japanese, english):
    assert JA.money(value) == japanese
    assert EN.money(value) == english


def test_another_currency_says_so():
    assert Formatter(Translator("ja"), currency="USD").money(1_500_000) == "150万 USD"
    assert Formatter(Translator("en"), currency="USD").money(1_500_000) == "$1.5M"


def test_days_and_months():
    assert JA.day(date(2026, 11, 22)) == "2026/11/22(日)"
    assert EN.day(date(2026, 11, 22)) == "22 Nov 2026"
    assert JA.month(date(2026, 10, 1)) == "2026年10月"
    # an instant is shown in the company's zone: the last UTC hours of a month are the next
    assert JA.instant(warehouse.AS_OF) == "2026/11/01(日) 00:00"


@pytest.mark.parametrize("raw", warehouse.HOSTILE)
def test_markdown_is_escaped_and_one_line(raw):
    shown = text.markdown(raw, 500)
    assert "\n" not in shown
    assert "\x00" not in shown
    for mark in ("![", "](", "<", "`", "$", "*", "|", "http:/"):
        at = shown.find(mark)
        assert at < 0 or (at > 0 and shown[at - 1] == "\\"), (mark, shown)


@pytest.mark.parametrize("raw", warehouse.HOSTILE)
def test_plotly_labels_hold_no_markup(raw):
    shown = text.plotly(raw, 500)
    assert "<" not in shown
    assert "$" not in shown
    assert len(text.plotly(raw)) <= 24 * len("&amp;")


def test_marks_of_direction_are_dropped():
    assert text.clean("a\u202ecod.exe\u2066") == "acod.exe"


def test_long_names_are_cut():
    assert text.shorten("長" * 200, 24) == "長" * 23 + "…"


FORMULAS = (
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\x00=1",
    "  =1",
    "＝1+1",
    "＠SUM",
    "　=1",
)


def test_export_neutralises_formulas_and_keeps_numbers():
    frame = pd.DataFrame({"=名前": [*FORMULAS, "髙橋㈱①～"], "点": [-2.5] * (len(FORMULAS) + 1)})
    raw = exports.to_csv(frame, [("検索", "=cmd")])
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert lines[0] == ["'=名前", "点"]
    for line in lines[1 : 1 + len(FORMULAS)]:
        assert line[0].startswith("'")
        # a negative number is a number
        assert line[1] == "-2.5"
    assert lines[1 + len(FORMULAS)][0] == "髙橋㈱①～"
    assert lines[-1] == ["検索", "'=cmd"]


def test_export_of_the_page_holds_every_row_that_the_filters_let_through(open_page, homes):
    from dashboard.ui import context, lead_list
    from dashboard.ui.filters import Segment

    app = open_page("leads", "hostile")
    ctx = app.session_state[context._KEY]
    chosen = lead_list.Selection(Segment("channel", "webinar"), "", "", None, "", "score")
    raw = lead_list.export(ctx, chosen).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(raw, newline="")))
    blank = lines.index([])
    assert blank - 1 == 240 // len(warehouse.CHANNELS)
    flat = [cell for line in lines for cell in line]
    assert not [c for c in flat if c[:1] in ("=", "+", "@", "\t", "\r")]
    assert warehouse.RUN in flat


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("most", [239, 240])
def test_a_cut_export_of_the_list_says_so(open_page, monkeypatch, language, most):
    """In the file and beside the button that makes it; 240 leads are in the list."""
    from dashboard.ui import context, lead_list
    from dashboard.ui.filters import Segment

    monkeypatch.setattr(exports, "MOST_ROWS", most)
    app = open_page("leads", "full", lang=language)
    ctx = app.session_state[context._KEY]
    raw = lead_list.export(
        ctx, lead_list.Selection(Segment("all", "all"), "", "", None, "", "score")
    )
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert lines.index([]) - 1 == most
    said = ctx.tr("export.cut" if most < 240 else "export.whole", total="240", most=f"{most}")
    assert lines[-1] == [ctx.tr("export.rows"), said]
    assert (said in texts(app)) == (most < 240)
