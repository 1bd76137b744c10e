"""Where things are on disk and what the company said about itself."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Company(BaseModel):
    """What holds for the whole data home; written by the loader, read by the build.

    `as_of` is the instant the exports were taken. Without it a build takes the present.
    """

    model_config = ConfigDict(extra="forbid")

    name: str = ""
    as_of: datetime | None = None
    business_timezone: str = "Asia/Tokyo"
    base_currency: str = "JPY"
    is_demo: bool = False


@dataclass(frozen=True)
class Home:
    """The data home: everything leadloop writes lies below `root`."""

    root: Path

    @classmethod
    def from_environment(cls) -> Home:
        """LEADLOOP_HOME, else `data/` beside the project."""
        return cls(Path(os.environ.get("LEADLOOP_HOME") or PROJECT_ROOT / "data").resolve())

    @property
    def raw(self) -> Path:
        return self.root / "raw"

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def versions(self) -> Path:
        return self.root / "versions"

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    @property
    def pointer(self) -> Path:
        return self.root / "current.json"

    @property
    def lock(self) -> Path:
        return self.root / "build.lock"

    @property
    def company_file(self) -> Path:
        return self.root / "company.json"

    def company(self) -> Company:
        """The company's settings; the defaults where nothing was loaded yet."""
        if not self.company_file.exists():
            return Company()
        return Company.model_validate(json.loads(self.company_file.read_text("utf-8")))


def language() -> str:
    """'ja' or 'en' for messages: LEADLOOP_LANG, else the locale, else English."""
    for name in ("LEADLOOP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value and value not in {"C", "POSIX", "C.UTF-8"}:
            return "ja" if value.startswith("ja") else "en"
    return "en"
