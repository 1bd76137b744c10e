"""The test of a trait, against erfc, a table by hand and the paper's own example."""

from __future__ import annotations

import math
from itertools import pairwise

import duckdb
import pytest
from jinja2 import Environment, FileSystemLoader

from leadloop.settings import PROJECT_ROOT

# the fifteen p-values of Benjamini and Hochberg 1995, section 3.2
PUBLISHED = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
    0.5719, 0.6528, 0.7590, 1.000,
)  # fmt: skip


def macro(name: str, *arguments: str) -> str:
    """What a macro of the project writes, without dbt around it."""
    files = Environment(loader=FileSystemLoader(PROJECT_ROOT / "macros"))
    module = files.get_template("rates/significance.sql").module
    return getattr(module, name)(*arguments)


def adjusted(values: list[float | None], family: list[str] | None = None) -> list[float | None]:
    """Benjamini and Hochberg's adjusted values by the project's SQL, in the given order."""
    families = family or ["one"] * len(values)
    rows = ", ".join(
        f"({i}, '{f}', {'null' if p is None else p}::double)"
        for i, (p, f) in enumerate(zip(values, families, strict=True))
    )
    ctes = macro("false_discovery_rates", "tested", "family", "p")
    sql = (
        f"with tested as (select * from (values {rows}) as t(i, family, p)), {ctes} "
        "select q_value from with_q order by i"
    )
    return [q for (q,) in duckdb.sql(sql).fetchall()]


def by_hand(values: list[float]) -> list[float]:
    """The definition, written from the paper: the least p * m / rank of all that are not smaller."""
    m = len(values)
    ranked = {p: sum(other <= p for other in values) for p in values}
    return [min(1.0, *(p * m / ranked[p] for p in values if p >= own), 1.0) for own in values]


def test_the_tail_is_that_of_the_normal_distribution() -> None:
    for step in range(-120, 121):
        z = step / 10
        p = duckdb.sql(f"select {macro('two_sided_p', f'cast({z} as double)')}").fetchall()[0][0]
        assert p == pytest.approx(math.erfc(abs(z) / math.sqrt(2)), rel=1.3e-7)


def test_the_published_example() -> None:
    """At 0.05 the four smallest of fifteen are called discoveries, and no other."""
    found = adjusted(list(PUBLISHED))
    assert [q < 0.05 for q in found if q is not None] == [True] * 4 + [False] * 11
    # by hand: 0.0095 * 15 / 4 and 0.0344 * 15 / 8 (the smallest from rank 5 to 8)
    assert found[3] == pytest.approx(0.035625)
    assert found[4] == pytest.approx(0.0201 * 15 / 5)
    assert found[5] == pytest.approx(0.0298 * 15 / 7)
    assert found == pytest.approx(by_hand(list(PUBLISHED)))


def test_equal_values_share_a_rank_and_missing_ones_do_not_count() -> None:
    found = adjusted([0.02, None, 0.02, 0.5, 0.01])
    assert found[1] is None
    # four tests: 0.01 * 4 / 1, twice 0.02 * 4 / 3, 0.5
    assert [found[i] for i in (0, 2, 3, 4)] == pytest.approx([0.08 / 3, 0.08 / 3, 0.5, 0.08 / 3])


def test_families_know_nothing_of_one_another() -> None:
    alone = adjusted([0.01, 0.04])
    together = adjusted([0.01, 0.04, 0.9, 0.9], ["a", "a", "b", "b"])
    assert together[:2] == pytest.approx(alone)


def test_a_larger_p_never_has_a_smaller_q() -> None:
    values = sorted((i * 37 % 101) / 101 + 1e-4 for i in range(100))
    assert all(a <= b + 1e-12 for a, b in pairwise(adjusted(values)))


@pytest.mark.parametrize(
    ("k", "n", "base_k", "base_n", "square"),
    [
        # (8 - 1) * (4 * 4 - 0 * 0) ** 2 / 4 ** 4
        (4, 4, 4, 8, 7.0),
        (3, 4, 4, 8, 1.75),
        (2, 4, 4, 8, 0.0),
        # expected 3 * 2 / 8 of them: below one
        (2, 3, 2, 8, None),
        # all or none of the base
        (4, 4, 8, 8, None),
        (8, 8, 4, 8, None),
        (0, 4, 0, 8, None),
    ],
)
def test_the_fourfold_table_by_hand(k, n, base_k, base_n, square) -> None:
    names = ("k", "n", "bk", "bn")
    sql = f"select {macro('deviate_from_rest', *names)} from (values ({k}, {n}, {base_k}, {base_n})) as t(k, n, bk, bn)"
    z = duckdb.sql(sql).fetchall()[0][0]
    assert (z is None) == (square is None)
    if square is not None:
        assert z**2 == pytest.approx(square)
        assert (z > 0) == (k / n > base_k / base_n)
