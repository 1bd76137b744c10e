from __future__ import annotations

from pathlib import Path

import pytest

from .seed_folder import SeedFolder


@pytest.fixture
def seeds(tmp_path: Path) -> SeedFolder:
    return SeedFolder(tmp_path)
