"""Which leads stand behind a mark of a chart, as one word in the address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_SHAPE = re.compile(
    r"(?P<chart>steps|trend|cohorts|bridge|panels|by)~(?P<kind>stage|step|taken|arrivals|rest)"
    r"~(?P<from_day>\d{4}-\d\d-\d\d)~(?P<until_day>\d{4}-\d\d-\d\d)~(?P<detail>[a-z_0-9]*)~(?P<value>[^\x00]*)",
    re.ASCII,
)
_WITHIN = re.compile(r"\d{1,4}", re.ASCII)


@dataclass(frozen=True)
class Mark:
    """The leads behind one mark.

    Attributes:
        chart: the chart it is in.
        kind: `stage` for leads that were in a stage; `step` for the chances of a step by the day
            they began; `taken` for those of them that were taken; `arrivals` for those by the day
            the step was taken; `rest` for the chances of all values without a panel of their own.
        from_day: the first day.
        until_day: the day after the last one.
        detail: of a stage its name; of a step within how many days it had to be taken, or the stage
            it begins with where it is not the page's step but one of the funnel; or nothing.
        value: of a dimension compared on the page; empty where the page's own segment is meant.
    """

    chart: str
    kind: str
    from_day: date
    until_day: date
    detail: str = ""
    value: str = ""

    def __str__(self) -> str:
        days = (self.from_day.isoformat(), self.until_day.isoformat())
        return "~".join((self.chart, self.kind, *days, self.detail, self.value))

    @property
    def within_days(self) -> int:
        """The day by which the step had to be taken; -1 for any day."""
        return int(self.detail) if _WITHIN.fullmatch(self.detail) else -1


def read(raw: str) -> Mark | None:
    """The mark that `raw` names; None where it names none."""
    found = _SHAPE.fullmatch(raw)
    if found is None:
        return None
    try:
        days = (date.fromisoformat(found["from_day"]), date.fromisoformat(found["until_day"]))
    except ValueError:
        return None
    return Mark(found["chart"], found["kind"], *days, found["detail"], found["value"])


def month_after(day: date) -> date:
    """The first day of the month after that of `day`."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
