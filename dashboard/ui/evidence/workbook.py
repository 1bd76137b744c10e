"""The evidence as XLSX: conditions, a sheet a finding with its native chart, definitions.

Texts stay texts: nothing that a lead typed into a form becomes a formula or a link.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.ui.evidence.pack import Chart, Pack, Section, plain, text

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_CHARTS = {"bar": "bar", "line": "line"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_WIDEST = 60
_FIRST_ROW = 3


def to_xlsx(pack: Pack) -> bytes:
    """The file; the same pack gives the same sheets in the same order."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    heading = book.add_format({"bold": True, "font_size": 14})
    header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    names: set[str] = set()
    sheet = book.add_worksheet(_name(pack.words[0], names))
    sheet.write_string(0, 0, text(pack.title), heading)
    sheet.write_string(1, 0, text(pack.headline))
    _pairs(sheet, pack.conditions, wrapped, first=_FIRST_ROW)
    for section in pack.sections:
        sheet = book.add_worksheet(_name(section.title, names))
        sheet.write_string(0, 0, text(section.title), heading)
        sheet.write_string(1, 0, text(section.note))
        _table(sheet, section, header)
        if section.chart is not None:
            _chart(book, sheet, section, section.chart, pack.words[2], names)
    if pack.definitions:
        sheet = book.add_worksheet(_name(pack.words[1], names))
        _pairs(sheet, pack.definitions, wrapped, first=0)
    book.close()
    return buffer.getvalue()


def _name(title: str, taken: set[str]) -> str:
    """A sheet name that Excel takes, and that no other sheet has."""
    base = _FORBIDDEN.sub(" ", text(title)).strip().strip("'")[:_LONGEST_NAME] or "-"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base[: _LONGEST_NAME - 4]} {number}"
    taken.add(name.casefold())
    return name


def _pairs(
    sheet: Worksheet, pairs: Sequence[tuple[str, str]], wrapped: object, *, first: int
) -> None:
    for row, (name, value) in enumerate(pairs, first):
        sheet.write_string(row, 0, text(name))
        sheet.write_string(row, 1, text(value), wrapped)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, _WIDEST)


def _table(sheet: Worksheet, section: Section, header: object) -> None:
    frame = section.table
    for column, name in enumerate(frame.columns):
        sheet.write_string(_FIRST_ROW, column, text(name), header)
    for row, values in enumerate(frame.itertuples(index=False, name=None), _FIRST_ROW + 1):
        for column, value in enumerate(values):
            cell = plain(value)
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif cell is not None:
                sheet.write_number(row, column, cell)
    sheet.freeze_panes(_FIRST_ROW + 1, 1)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, max(1, len(frame.columns) - 1), 16)


def _chart(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    section: Section,
    chart: Chart,
    word: str,
    names: set[str],
) -> None:
    """A native chart right of the rows; what it plots is on a sheet of its own."""
    name = _name(f"{word} {section.title}", names)
    data = book.add_worksheet(name)
    drawn = book.add_chart({"type": _CHARTS[chart.kind]})
    data.write_column(1, 0, [text(c) for c in chart.categories])
    last = len(chart.categories)
    for column, series in enumerate(chart.series, 1):
        data.write_string(0, column, text(series.name))
        for row, value in enumerate(series.values, 1):
            if value is not None:
                data.write_number(row, column, value)
        drawn.add_series(
            {
                "name": [name, 0, column],
                "categories": [name, 1, 0, last, 0],
                "values": [name, 1, column, last, column],
            }
        )
    drawn.set_title({"name": text(section.title)})
    figures: dict[str, object] = {"num_format": chart.unit}
    names_axis: dict[str, object] = {"reverse": True} if chart.kind == "bar" else {}
    # the axes of a bar chart are turned: its names stand on y
    drawn.set_y_axis(names_axis if chart.kind == "bar" else figures)
    drawn.set_x_axis(figures if chart.kind == "bar" else names_axis)
    drawn.show_blanks_as("gap")
    drawn.set_size({"width": 760, "height": 440})
    if len(chart.series) == 1:
        drawn.set_legend({"none": True})
    sheet.insert_chart(_FIRST_ROW, len(section.table.columns) + 1, drawn)
