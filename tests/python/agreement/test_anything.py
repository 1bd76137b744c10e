"""Whatever is done to a seed, the check answers with findings and never with a traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadloop.agreement import check_seeds
from leadloop.agreement.registry import SEEDS

from .seed_folder import SeedFolder

NAMES = [Path(seed.path).stem for seed in SEEDS]

ODD_TEXT = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "|",
            "a|",
            "１",
            "null",
            "nan",
            "-",
            "=1",
            "100|",
            "9" * 30,
            "2026-13-01",
            "lead",
            "exists",
        ]
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_deleting_a_cell_gives_findings_only(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as root:
        seeds = SeedFolder(Path(root))
        name = data.draw(st.sampled_from(NAMES))
        rows = seeds.read(name)
        row = data.draw(st.integers(0, len(rows) - 1))
        column = data.draw(st.integers(0, len(rows[row]) - 1))
        del rows[row][column]
        seeds.write(name, rows)

        found = check_seeds(seeds.root)

        # a row that lost a cell never passes for a whole one
        assert found
        assert all(f.file.startswith("seeds/") and f.message["ja"] for f in found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_text_in_any_cell_gives_findings_only(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as root:
        seeds = SeedFolder(Path(root))
        name = data.draw(st.sampled_from(NAMES))
        rows = seeds.read(name)
        for _ in range(data.draw(st.integers(1, 3))):
            row = data.draw(st.integers(0, len(rows) - 1))
            column = data.draw(st.integers(0, len(rows[row]) - 1))
            text = data.draw(ODD_TEXT)
            rows[row][column] = text.encode("utf-8", "replace").decode()
        seeds.write(name, rows)

        for found in check_seeds(seeds.root):
            assert found.render("ja") != found.render("en")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.binary(max_size=300), name=st.sampled_from(NAMES))
def test_any_bytes_give_findings_only(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as root:
        seeds = SeedFolder(Path(root))
        seeds.path(name).write_bytes(content)

        assert check_seeds(seeds.root)
