"""National holidays of Japan as a seed, from the library `holidays`.

Substitutes and citizens' holidays are among them. `python -m leadloop.calendar.national` writes
`seeds/calendar/national_holidays.csv` anew. The law changes now and then, and the library with it:
after an upgrade of the library the file is written again; a test holds the two against each other.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import holidays

from leadloop.settings import PROJECT_ROOT

SEED = "calendar/national_holidays.csv"
COLUMNS = ("holiday_on", "label_ja", "label_en")
# earlier days are refused as sentinel dates; later ones follow from the law as it is today
YEARS = range(1990, 2041)

_COUNTRY = "JP"
_JAPANESE, _ENGLISH = "ja", "en_US"


def rows(years: Iterable[int] = YEARS) -> list[tuple[str, str, str]]:
    """Day (ISO), Japanese and English name of each holiday of `years`, in order."""
    in_japanese, in_english = (
        holidays.country_holidays(_COUNTRY, years=years, language=language, expand=False)
        for language in (_JAPANESE, _ENGLISH)
    )
    return [(day.isoformat(), name, in_english[day]) for day, name in sorted(in_japanese.items())]


def as_csv(years: Iterable[int] = YEARS) -> str:
    """The seed's text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows(years))
    return text.getvalue()


def write(seeds: Path = PROJECT_ROOT / "seeds") -> Path:
    """Writes the seed below `seeds`; its path."""
    path = seeds / SEED
    path.write_text(as_csv(), "utf-8")
    return path


if __name__ == "__main__":
    print(write())
