"""Numbers, money, days and months as people of each language write them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
from babel.dates import format_date

from dashboard.ui.i18n import Translator

MISSING = "—"
_MINUS = "−"
_SYMBOLS = {"JPY": "¥", "USD": "$", "EUR": "€"}


def missing(value: object) -> bool:
    """Whether there is no value: None, NaN, NaT or NA."""
    return value is None or value is pd.NaT or value is pd.NA or value != value


def _significant(value: float) -> str:
    if value < 10:
        text = f"{value:.2f}"
    elif value < 100:
        text = f"{value:.1f}"
    else:
        return f"{value:,.0f}"
    return text.rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Formatter:
    """Writes values in one language, time zone and currency."""

    tr: Translator
    timezone: str = "Asia/Tokyo"
    currency: str = "JPY"

    def count(self, value: object, unit: bool = True) -> str:
        """A number of records: `1,234件` or `1,234`."""
        if missing(value):
            return MISSING
        text = f"{round(float(value)):,}".replace("-", _MINUS)  # type: ignore[arg-type]
        return self.tr("unit.records", n=text) if unit else text

    def signed_count(self, value: object) -> str:
        """A difference in records, with its sign."""
        if missing(value):
            return MISSING
        number = round(float(value))  # type: ignore[arg-type]
        sign = "+" if number > 0 else _MINUS if number < 0 else "±"
        return sign + self.count(abs(number))

    def points(self, value: object) -> str:
        """Score points, without a decimal where there is none."""
        if missing(value):
            return MISSING
        text = f"{float(value):,.1f}"  # type: ignore[arg-type]
        return text.removesuffix(".0").replace("-", _MINUS)

    def signed_points(self, value: float) -> str:
        """Points given or taken, with their sign."""
        return ("+" if value > 0 else "") + self.points(value)

    def percent(self, rate: object, digits: int = 1) -> str:
        """A share as a percentage."""
        return MISSING if missing(rate) else f"{float(rate) * 100:.{digits}f}%"  # type: ignore[arg-type]

    def percentage_points(self, difference: float) -> str:
        """A difference of two rates in points."""
        number = round(difference * 100, 1)
        sign = "+" if number > 0 else _MINUS if number < 0 else "±"
        return f"{sign}{abs(number):.1f}pt"

    def money(self, value: object) -> str:
        """An amount of the base currency: `1,234万円`, `1.23億円` or `¥12.3M`."""
        if missing(value):
            return MISSING
        number = float(value)  # type: ignore[arg-type]
        if not math.isfinite(number):
            return MISSING
        sign = _MINUS if number < 0 else ""
        number = abs(number)
        if self.tr.is_japanese:
            return sign + self._money_ja(number)
        return sign + self._money_en(number)

    def _money_ja(self, number: float) -> str:
        unit = "円" if self.currency == "JPY" else f" {self.currency}"
        if number >= 99_995_000:
            return f"{_significant(number / 1e8)}億{unit}"
        if number >= 10_000:
            return f"{_significant(number / 1e4)}万{unit}"
        return f"{number:,.0f}{unit}"

    def _money_en(self, number: float) -> str:
        symbol = _SYMBOLS.get(self.currency, f"{self.currency} ")
        for size, suffix in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
            if number >= size * 0.9995:
                return f"{symbol}{_significant(number / size)}{suffix}"
        return f"{symbol}{number:,.0f}"

    def signed_money(self, value: float) -> str:
        """A difference in money, with its sign."""
        return ("+" if value > 0 else "") + self.money(value)

    def multiple(self, value: object) -> str:
        """A ratio such as ROI, as a percentage without decimals."""
        if missing(value):
            return MISSING
        return f"{float(value) * 100:,.0f}%".replace("-", _MINUS)  # type: ignore[arg-type]

    def local(self, moment: datetime) -> datetime:
        """A UTC instant (naive ones are UTC) in the company's time zone."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))
        return aware.astimezone(ZoneInfo(self.timezone))

    def day(self, value: date | datetime | None) -> str:
        """`2026/11/22(日)` or `22 Nov 2026`."""
        if value is None or missing(value):
            return MISSING
        if self.tr.is_japanese:
            return f"{value:%Y/%m/%d}({format_date(value, 'EEEEE', locale='ja')})"
        return format_date(value, "d MMM y", locale="en")

    def last_day(self, moment: datetime | None) -> str:
        """The local day of a moment; empty where there was none."""
        return "" if moment is None or missing(moment) else self.day(self.local(moment))

    def instant(self, moment: datetime | None) -> str:
        """A UTC instant as local day and time."""
        if moment is None or missing(moment):
            return MISSING
        local = self.local(moment)
        return f"{self.day(local)} {local:%H:%M}"

    def zone(self, moment: datetime) -> str:
        """The short name of the company's time zone."""
        return self.local(moment).tzname() or self.timezone

    def month(self, value: date | None) -> str:
        """`2026年10月` or `Oct 2026`."""
        if value is None or missing(value):
            return MISSING
        if self.tr.is_japanese:
            return f"{value.year}年{value.month}月"
        return format_date(value, "MMM y", locale="en")

    def month_tick(self, value: date) -> str:
        """A month short enough for an axis: `26/10` or `Oct 26`."""
        if self.tr.is_japanese:
            return f"{value:%y/%m}"
        return format_date(value, "MMM yy", locale="en")

    def value(self, value: object, unit: str) -> str:
        """A metric's figure by its unit: count, rate or amount."""
        if unit == "amount":
            return self.money(value)
        return self.percent(value) if unit == "rate" else self.count(value)
