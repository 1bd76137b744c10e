"""The small start: three rules, leads of one product, one month from 1 October 2026."""

from __future__ import annotations

from tests.python.examples.case import Case, did, heard, lead, price

OCTOBER = {"created_at": "2026-10-02T00:00:00Z"}
FIRST_INSTANT = "2026-09-30T15:00:00Z"  # 1 October in Japan
DOWNLOAD = did("doc_download", "2026-10-05T03:00:00Z", content_id="a")
BUDGET_AND_TIMING = [
    heard("budget", "2026-10-05T03:00:00Z"),
    heard("timing", "2026-10-06T03:00:00Z"),
]
SMALL = [
    # a second document gives nothing more
    Case("small", lead("m_bucho", "small", title="部長", **OCTOBER),
         [DOWNLOAD, did("doc_download", "2026-10-06T03:00:00Z", content_id="b")], score=30,
         grade="A1", qualified=[("mql", "score", "2026-10-05T03:00:00Z")]),
    Case("small", lead("m_kacho", "small", title="課長", **OCTOBER),
         [DOWNLOAD, price("2026-10-06T03:00:00Z")], score=25, grade="B1"),
    Case("small", lead("m_heard", "small", **OCTOBER), BUDGET_AND_TIMING,
         grade="B2", qualified=[("sql", "hearing", "2026-10-06T03:00:00Z")]),
    # before the month other rules held, of which the first instant of October is the end
    Case("small", lead("m_september", "small", title="部長"),
         [did("doc_download", "2026-09-10T03:00:00Z")], score=30, grade="A1",
         qualified=[("mql", "score", FIRST_INSTANT)]),
    Case("small", lead("m_september_demo", "small"), [did("demo_request", "2026-09-10T03:00:00Z")],
         grade="B2", qualified=[("sql", "demo_request", "2026-09-10T03:00:00Z")]),
    Case("small", lead("m_october_demo", "small", **OCTOBER),
         [did("demo_request", "2026-10-10T03:00:00Z")], grade="B2"),
]  # fmt: skip

# who did the same and is a lead of another product, which is scored by other rules
OTHER = {"product": "suite", **OCTOBER}
OTHER_PRODUCT = [
    Case("article", lead("o_bucho", "article", title="部長", **OTHER), [DOWNLOAD], score=20,
         grade="B3"),
    Case("article", lead("o_heard", "article", **OTHER), BUDGET_AND_TIMING, grade="C3"),
]  # fmt: skip
