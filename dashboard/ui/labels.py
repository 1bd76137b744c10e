"""Names of codes that come from data: channels, stages, job levels."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.ui.format import missing
from dashboard.ui.i18n import Translator
from dashboard.ui.text import clean


@dataclass(frozen=True)
class Labels:
    """The labels of `dim_labels` in one language; the code itself where there is none."""

    names: dict[tuple[str, str], str]
    tr: Translator

    @classmethod
    def of(cls, frame: pd.DataFrame, tr: Translator) -> Labels:
        column = "label_ja" if tr.is_japanese else "label_en"
        names = {
            (str(row.kind), str(row.code)): clean(getattr(row, column))
            for row in frame.itertuples()
            if not missing(row.code)
        }
        return cls({key: name for key, name in names.items() if name}, tr)

    def __call__(self, kind: str, code: object) -> str:
        """The name of a code; unescaped, so the caller escapes it for where it goes."""
        if missing(code) or code == "":
            return self.tr("label.none")
        text = str(code)
        named = self.names.get((kind, text))
        if named:
            return named
        return self.tr.get(f"label.{kind}.{text}", clean(text))
