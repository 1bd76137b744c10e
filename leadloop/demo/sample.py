"""`python -m leadloop.demo.sample`: makes the sample company that ships with the project."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from leadloop.demo.company import GeneratedCompany, demo_company, generate_raw
from leadloop.settings import PROJECT_ROOT

SAMPLE_LEADS = 3_000
SAMPLE_SEED = 7
SAMPLE_ACTIVITIES_PER_LEAD = 13.0
_LOADED_AT = datetime(2026, 11, 1, tzinfo=UTC)


def make_sample(home: Path) -> GeneratedCompany:
    """Writes `raw/` and `company.json` below `home`, in place of what was there."""
    raw = home / "raw"
    if raw.exists():
        shutil.rmtree(raw)
    made = generate_raw(
        raw,
        leads=SAMPLE_LEADS,
        seed=SAMPLE_SEED,
        activities_per_lead=SAMPLE_ACTIVITIES_PER_LEAD,
        source="sample",
        loaded_at=_LOADED_AT,
    )
    company = demo_company().model_dump_json(indent=1)
    (home / "company.json").write_text(company + "\n", "utf-8")
    return made


if __name__ == "__main__":
    make_sample(PROJECT_ROOT / "sample")
