"""The files of evidence: opened again by other libraries, they hold what the page showed."""

from __future__ import annotations

import io
import re
import zipfile

import pandas as pd
import pytest
from pptx import Presentation

from dashboard.ui.evidence import Chart, Pack, Section, Series, to_pptx, to_xlsx

TITLE = "チャネルROI ①㈱髙﨑"
HOSTILE = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "http://example.com", "a\x00b\x0bc")


@pytest.fixture
def pack() -> Pack:
    table = pd.DataFrame(
        {"チャネル": [*HOSTILE, "ウェビナー"], "ROI": [1.5, None, -0.5, 0, 1, 2, 3]}
    )
    names = tuple(table["チャネル"])
    bars = Chart("bar", names, (Series("ROI", (1.5, None, -0.5, 0.0, 1.0, 2.0, 3.0)),), "0.0")
    line = Chart("line", ("0", "1"), (Series("A", (-1.0, 0.5)), Series("B", (None, 0.1))))
    return Pack(
        title=TITLE,
        headline="ウェビナーが最も稼ぎました。",
        conditions=(("モデル", "均等配分"), ("基準日時", "2026-11-01 00:00"), ("版", "run-1")),
        sections=(
            Section("一覧: A/B [1]", "一言", table, bars),
            Section("一覧: A/B [1]", "同じ名前", table.head(2)),
            Section("月齢", "線", table.head(1), line),
        ),
        definitions=(("ROI", "(粗利 − 費用) ÷ 費用"),),
        words=("条件", "定義", "グラフ"),
    )


def _parts(data: bytes, prefix: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            n: archive.read(n).decode("utf-8")
            for n in archive.namelist()
            if n.startswith(prefix) and n.endswith(".xml")
        }


def test_a_workbook_holds_no_formula_and_no_link(pack: Pack) -> None:
    data = to_xlsx(pack)
    sheets = _parts(data, "xl/worksheets/sheet")
    assert len(sheets) == 7
    for text in sheets.values():
        assert "<f>" not in text
        assert "hyperlink" not in text.lower()
    words = _parts(data, "xl/sharedStrings")["xl/sharedStrings.xml"]
    assert TITLE in words
    assert "=HYPERLINK" in words
    assert "abc" in words
    assert "\x0b" not in words


def test_a_workbook_says_its_conditions_and_charts_stay_charts(pack: Pack) -> None:
    data = to_xlsx(pack)
    words = _parts(data, "xl/sharedStrings")["xl/sharedStrings.xml"]
    for name, value in pack.conditions:
        assert name in words
        assert value in words
    charts = _parts(data, "xl/charts/chart")
    assert len(charts) == 2
    assert any("<c:barChart>" in text for text in charts.values())
    assert any("<c:lineChart>" in text for text in charts.values())
    names = _parts(data, "xl/workbook")["xl/workbook.xml"]
    assert "一覧  A B  1" in names
    assert "一覧  A B  1 2" in names


def test_a_missing_figure_is_an_empty_cell_and_not_zero(pack: Pack) -> None:
    sheet = _parts(to_xlsx(pack), "xl/worksheets/sheet2")["xl/worksheets/sheet2.xml"]
    figures = dict(re.findall(r'<c r="B(\d+)"><v>([^<]*)</v>', sheet))
    assert figures == {"5": "1.5", "7": "-0.5", "8": "0", "9": "1", "10": "2", "11": "3"}


def test_slides_have_native_charts_with_the_figures_of_the_rows(pack: Pack) -> None:
    deck = Presentation(io.BytesIO(to_pptx(pack)))
    slides = list(deck.slides)
    assert len(slides) == 4
    assert slides[0].shapes.title.text_frame.text == pack.headline
    cells = [c.text for s in slides[0].shapes if s.has_table for r in s.table.rows for c in r.cells]
    assert cells == [text for pair in pack.conditions for text in pair]
    bars = next(s.chart for s in slides[1].shapes if s.has_chart)
    assert list(bars.plots[0].series[0].values) == [1.5, None, -0.5, 0.0, 1.0, 2.0, 3.0]
    assert list(bars.plots[0].categories)[-1] == "ウェビナー"
    assert "abc" in list(bars.plots[0].categories)
    lines = next(s.chart for s in slides[3].shapes if s.has_chart)
    assert [s.name for s in lines.plots[0].series] == ["A", "B"]
    assert "(粗利 − 費用) ÷ 費用" in slides[1].notes_slide.notes_text_frame.text
    # every finding carries the conditions, so that a slide cut out alone still says them
    for slide in slides[1:]:
        assert any("run-1" in s.text_frame.text for s in slide.shapes if s.has_text_frame)


def test_the_page_offers_both_files(open_page) -> None:
    app = open_page("channel_roi", "full")
    assert not app.exception
    labels = [b.proto.label for b in app.get("download_button")]
    assert labels == ["Excelを保存", "PowerPointを保存"]
