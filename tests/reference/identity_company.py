"""Companies in which everything about identity goes wrong at once: villages of a few leads that share addresses and ids."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from tests.reference.identity import Claim, Decision, Row

SOURCES = ("crm", "ma", "form", "web")
AS_OF = datetime(2026, 6, 30, 15, tzinfo=UTC)
_START = datetime(2026, 1, 1, tzinfo=UTC)
_WIDE = str.maketrans(
    {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F) if chr(c) not in "'\"\\<>()|,"}
)
_NAMES = (
    "山田 太郎",
    "山田　太郎",
    "Ｔａｒｏ Yamada",
    "taro yamada",
    "髙橋 花子",
    "高橋花子",
    "鈴木",
    "田中",
)
_LOCAL = ("taro", "taro+expo", "hanako", "info", "Info+tokyo", "+tag", "saburo")


@dataclass
class Company:
    rows: list[Row]
    claims: list[Claim]
    decisions: list[Decision]


def _spelled(random: Random, address: str) -> str:
    kind = random.randrange(6)
    if kind == 0:
        return address.upper()
    if kind == 1:
        return address.translate(_WIDE)
    if kind == 2:
        return f"　{address.title()} "
    return address


def _lead(random: Random, village: int, number: int, source: str) -> Row:
    email = None
    if random.random() < 0.85:
        # few addresses, so that many meet; a name alone is no address
        local = random.choice(_LOCAL[: random.choice((2, 3, 7))])
        email = _spelled(random, f"{local}@v{village}.example") if random.random() < 0.96 else local
    created = _START + timedelta(days=random.randrange(12), hours=random.choice((0, 0, 5)))
    if random.random() < 0.03:
        created = AS_OF + timedelta(seconds=random.choice((0, 1)))
    updated = created + timedelta(days=random.randrange(9)) if random.random() < 0.6 else None

    def perhaps(value: str) -> str | None:
        return value if random.random() < 0.6 else None

    return Row(
        lead_id=f"{source}:{village}-{number}",
        source=source,
        line=0,
        created_at=created,
        updated_at=updated,
        email=email,
        full_name=perhaps(random.choice(_NAMES)),
        company_name=perhaps(f"会社{random.randrange(3)}"),
        job_title=perhaps(f"役職{number}"),
        department=perhaps(f"部署{number}"),
        owner_id=perhaps(f"owner-{number}"),
        is_deleted=random.random() < 0.04,
        is_opted_out=random.random() < 0.1,
    )


def _village(random: Random, village: int, company: Company) -> None:
    sources = SOURCES[: random.choice((2, 3, 3, 4))]
    leads = [
        _lead(random, village, n, random.choice(sources)) for n in range(random.randrange(3, 13))
    ]
    ids = [lead.lead_id for lead in leads]
    for place, lead in enumerate(leads):
        if random.random() < 0.2:
            own = [other for other in ids if other.split(":")[0] == lead.source]
            target = random.choice(
                [*own, f"{lead.source}:nobody"] if random.random() < 0.1 else own
            )
            leads[place] = replace(lead, merged_into=target)
    company.rows += leads
    for lead in leads:
        if random.random() < 0.12:
            company.rows.append(replace(lead, created_at=None))
        if random.random() < 0.08:
            company.rows.append(replace(lead, updated_at=_START, full_name="昔の名"))
    for _ in range(random.choice((0, 1, 2, 3))):
        company.claims.append(Claim(random.choice(ids), random.choice([*ids, "crm:nobody"])))
    for _ in range(random.choice((0, 0, 0, 1, 2))):
        a, b = random.choice(ids), random.choice([*ids, *ids, *ids, "crm:nobody"])
        taken = {frozenset((d.a, d.b)) for d in company.decisions}
        if a != b and frozenset((a, b)) not in taken:
            company.decisions.append(Decision(a, b, random.random() < 0.4))


def _chain(village: int, links: int, company: Company) -> None:
    """A chain of ids from one tool to the next and back."""
    for n in range(links + 1):
        source = SOURCES[n % 3]
        row = Row(f"{source}:{village}-{n:02d}", source, 0, _START + timedelta(days=n))
        company.rows.append(row)
        if n:
            before = f"{SOURCES[(n - 1) % 3]}:{village}-{n - 1:02d}"
            company.claims.append(Claim(row.lead_id, before))


def _placeholder(village: int, holders: int, company: Company) -> None:
    """An id that many leads of one tool hold."""
    company.rows.append(Row(f"crm:{village}-0", "crm", 0, _START))
    for n in range(1, holders + 1):
        row = Row(f"ma:{village}-{n}", "ma", 0, _START + timedelta(days=n))
        company.rows.append(row)
        company.claims.append(Claim(row.lead_id, f"crm:{village}-0"))


def make_company(seed: int, villages: int) -> Company:
    """The company of that number; always the same."""
    random = Random(seed)
    company = Company([], [], [])
    for village in range(villages):
        _village(random, village, company)
    for extra in range(12):
        _chain(villages + extra, 4 + extra, company)
        _placeholder(villages + 100 + extra, 1 + extra % 6, company)
    random.shuffle(company.rows)
    company.rows = [replace(row, line=line) for line, row in enumerate(company.rows, start=2)]
    return company
