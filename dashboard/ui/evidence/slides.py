"""The evidence as PPTX: a slide of conditions, then a slide a finding with a native chart.

The headline of a slide is its sentence; its rows stand in a table where there is no chart, and in
the notes what the words mean.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import islice

import pandas as pd
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.slide import Slide
from pptx.util import Inches, Pt

from dashboard.ui.evidence.pack import Chart, Pack, plain, text

_KINDS = {"bar": XL_CHART_TYPE.BAR_CLUSTERED, "line": XL_CHART_TYPE.LINE}
# a table longer or wider than this cannot be read on a wall; the workbook has all of it
_MOST_ROWS = 12
_MOST_COLUMNS = 7
_MOST_SERIES = 8
_TITLE_ONLY = 5
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _TOP, _ACROSS = Inches(0.5), Inches(1.5), Inches(12.333)


def to_pptx(pack: Pack) -> bytes:
    """The file, 16:9, in the order of the pack."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    slide = _slide(deck, pack.headline)
    rows = pd.DataFrame(pack.conditions, columns=["", " "])
    _table(slide, rows, with_header=False)
    _note(slide, pack.definitions)
    for section in pack.sections:
        slide = _slide(deck, section.note or section.title)
        if section.chart is not None:
            _chart(slide, section.chart)
        else:
            _table(slide, section.table)
        _foot(slide, " / ".join(f"{name}: {value}" for name, value in pack.conditions))
        _note(slide, [(section.title, section.note), *pack.definitions])
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _slide(deck: object, headline: str) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])  # type: ignore[attr-defined]
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = (
        _LEFT,
        Inches(0.3),
        _ACROSS,
        Inches(1.1),
    )
    title.text_frame.text = text(headline)
    title.text_frame.word_wrap = True
    for paragraph in title.text_frame.paragraphs:
        paragraph.font.size = Pt(24)
    return slide  # type: ignore[no-any-return]


def _chart(slide: Slide, chart: Chart) -> None:
    data = CategoryChartData(number_format=chart.unit)
    data.categories = [text(c) for c in chart.categories]
    for series in islice(chart.series, _MOST_SERIES):
        data.add_series(text(series.name), series.values)
    frame = slide.shapes.add_chart(
        _KINDS[chart.kind],
        _LEFT,
        _TOP,
        _ACROSS,
        Inches(5.3),
        data,  # type: ignore[arg-type]
    )
    drawn = frame.chart  # type: ignore[attr-defined]
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1
    drawn.font.size = Pt(14)
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    if chart.kind == "bar":
        drawn.category_axis.reverse_order = True


def _table(slide: Slide, frame: pd.DataFrame, *, with_header: bool = True) -> None:
    shown = frame.iloc[:_MOST_ROWS, :_MOST_COLUMNS]
    lines = [[text(c) for c in shown.columns]] if with_header else []
    lines += [[_written(v) for v in row] for row in shown.itertuples(index=False, name=None)]
    if not lines:
        return
    size = Inches(0.4 * len(lines))
    shape = slide.shapes.add_table(len(lines), len(shown.columns), _LEFT, _TOP, _ACROSS, size)
    shape.table.first_row = with_header
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            cell = shape.table.cell(row, column)
            cell.text = value
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size = Pt(14)


def _written(value: object) -> str:
    cell = plain(value)
    if cell is None:
        return ""
    return f"{cell:,.2f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)


def _foot(slide: Slide, line: str) -> None:
    box = slide.shapes.add_textbox(_LEFT, Inches(6.95), _ACROSS, Inches(0.4))
    box.text_frame.word_wrap = True
    box.text_frame.text = text(line)
    for paragraph in box.text_frame.paragraphs:
        paragraph.font.size = Pt(10)


def _note(slide: Slide, pairs: Sequence[tuple[str, str]]) -> None:
    lines = (f"{text(name)}: {text(value)}" for name, value in pairs)
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = "\n".join(lines)
