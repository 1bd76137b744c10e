"""A hand-made lead, what it did, and what the rules of its example make of it.

All times are UTC; as_of is 2026-10-31T15:00:00Z, which is midnight in Japan.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.python.examples.shipped import PRODUCTS, Row

CREATED = "2026-06-01T00:00:00Z"
DAY_30 = "2026-10-01T15:00:00Z"  # thirty days before as_of
DAY_60 = "2026-09-01T15:00:00Z"
Qualified = tuple[str, str, str]  # stage, path, instant
Held = tuple[str, str, str | None]  # status, from, until


@dataclass
class Case:
    """A lead of an example's product."""

    version: str
    lead: Row
    events: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    score: float = 0
    grade: str | None = None
    qualified: list[Qualified] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.lead["lead_id"])


def lead(name: str, version: str, title: str = "担当", industry: str = "小売", size: int = 20,
         **more: object) -> Row:  # fmt: skip
    return {
        "lead_id": name,
        "email": f"{name}@{name.replace('_', '-')}.example",
        "job_title": title,
        "industry": industry,
        "employee_count": size,
        "created_at": CREATED,
        "product": PRODUCTS.get(version, version),
        **more,
    }


def did(kind: str, at: str, **more: str) -> Row:
    return {"activity_type": kind, "occurred_at": at, **more}


def june(day: int, second: int = 0) -> str:
    return f"2026-06-{day:02}T03:00:{second:02}Z"


def july(day: int, second: int = 0) -> str:
    return f"2026-07-{day:02}T03:00:{second:02}Z"


def heard(question: str, at: str, answer: str = "confirmed") -> Row:
    return did("hearing_answer", at, content_id=question, answer=answer)


def changed(status: str, at: str) -> Row:
    return {"to_status": status, "changed_at": at}


def opens(count: int) -> list[Row]:
    return [did("email_open", june(6 + n)) for n in range(count)]


def visits(*instants: str) -> list[Row]:
    return [did("page_view", at, session_id=f"s{n}{at}") for n, at in enumerate(instants)]


def clicks(count: int, at: str) -> list[Row]:
    return [did("email_click", at, content_id=str(n)) for n in range(count)]


def price(at: str) -> Row:
    return did("key_page_view", at, url="https://corp.example/pricing")
