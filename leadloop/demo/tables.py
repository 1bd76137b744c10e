"""From the simulation's columns of codes to the canonical raw tables, still typed.

Coded columns are dictionary arrays, so that an export can swap the words; instants are
timestamps, so that it can choose their form. A null in a required instant stands for a date
that nobody can read (planted dirt).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from leadloop.demo import vocabulary as words
from leadloop.demo.draw import Bools, Ints
from leadloop.demo.events import Events
from leadloop.demo.people import People
from leadloop.demo.sales import Deals
from leadloop.raw.contract import ACTIVITIES, DEAL_CONTACTS, DEALS, LEADS, STAGE_CHANGES, RawTable

_FULLWIDTH = {ord("0") + digit: chr(0xFF10 + digit) for digit in range(10)}
_YES_NO = ("false", "true")


def coded(codes: Ints | Bools, labels: Sequence[str]) -> pa.DictionaryArray:
    """A dictionary array; a negative code or an empty label is null."""
    index = np.asarray(codes).astype(np.int32)
    empty = [i for i, label in enumerate(labels) if not label]
    nothing = (index < 0) | np.isin(index, empty) if empty else index < 0
    return pa.DictionaryArray.from_arrays(
        pa.array(np.where(nothing, 0, index), mask=nothing), pa.array(labels, pa.string())
    )


def texts(codes: Ints, labels: Sequence[str]) -> pa.Array:
    """The labels themselves; none where the code is negative or the label empty."""
    return coded(codes, labels).dictionary_decode()


def yes_no(flags: Bools) -> pa.DictionaryArray:
    return coded(flags, _YES_NO)


def idents(prefix: str, numbers: Ints, width: int) -> pa.Array:
    """`prefix` and the zero-padded number; none where the number is negative."""
    numbers = np.asarray(numbers, dtype=np.int64)
    digits = pc.utf8_lpad(pa.array(numbers, mask=numbers < 0).cast(pa.string()), width, "0")
    return join(prefix, digits)


def join(*parts: object) -> pa.Array:
    """Text glued together row by row; null where a part is null."""
    return pc.binary_join_element_wise(*parts, "")


def instants(at: Ints, unknown: Bools | None = None) -> pa.Array:
    return pa.array(np.asarray(at).astype("datetime64[s]"), mask=unknown)


def nulls(count: int) -> pa.Array:
    return pa.nulls(count, pa.string())


def _table(spec: RawTable, columns: dict[str, pa.Array]) -> pa.Table:
    count = len(next(iter(columns.values())))
    return pa.table({name: columns.get(name, nulls(count)) for name in spec.columns})


def _company_names(people: People, rows: Ints) -> tuple[pa.Array, pa.Array]:
    """Full name (with its legal form) and bare name, equal for all of a company's leads."""
    mixed = (people.company[rows] * 2_654_435_761) % 4_294_967_296
    heads, middles = len(words.COMPANY_HEAD), len(words.COMPANY_MIDDLE)
    tails = [words.COMPANY_TAIL[label] for label in words.INDUSTRY_LABELS]
    bare = join(
        texts(mixed % heads, words.COMPANY_HEAD),
        texts(mixed // heads % middles, words.COMPANY_MIDDLE),
        texts(people.industry[rows], tails),
    )
    form = mixed // 1_000 % 10
    before = texts(np.where(form < 6, 0, np.where(form < 8, 1, 2)), ("株式会社", "㈱", " "))
    full = pc.utf8_trim_whitespace(join(before, bare))
    full = pc.if_else(pa.array(form >= 8), join(full, "株式会社"), full)
    full = pc.if_else(pa.array(people.competitor[rows]), words.COMPETITOR_NAME, full)
    full = pc.if_else(pa.array(people.student[rows]), "ソラノネ大学", full)
    return full, bare


def lead_ids(people: People) -> pa.Array:
    return idents("L", people.first_number + np.arange(len(people)), 8)


def leads_table(
    people: People,
    rows: Ints,
    ids: pa.Array,
    *,
    updated: Ints | None = None,
    merged_into: pa.Array | None = None,
    deleted: Bools | None = None,
    unreadable: Bools | None = None,
) -> pa.Table:
    """Lead rows for `rows` of `people` under the given ids."""
    count = len(rows)
    number = pa.array(people.first_number + rows).cast(pa.string())
    company, _ = _company_names(people, rows)
    domain = join("c", pa.array(people.company[rows]).cast(pa.string()), ".example")
    domain = pc.if_else(pa.array(people.competitor[rows]), words.COMPETITOR_DOMAIN, domain)
    domain = pc.if_else(pa.array(people.student[rows]), words.STUDENT_DOMAIN, domain)
    mail_domain = pc.if_else(pa.array(people.free_mail[rows]), words.FREE_MAIL_DOMAIN, domain)
    return _table(
        LEADS,
        {
            "lead_id": ids,
            "email": join(texts(people.family[rows], words.FAMILY_ROMAN), number, "@", mail_domain),
            "full_name": join(
                texts(people.family[rows], words.FAMILY),
                " ",
                texts(people.given[rows], words.GIVEN),
            ),
            "company_name": company,
            "company_domain": pc.if_else(
                pa.array(people.free_mail[rows]), pa.scalar(None, pa.string()), domain
            ),
            "job_title": coded(people.title[rows], words.TITLE_TEXTS),
            "department": coded(people.department[rows], words.DEPARTMENTS),
            "industry": coded(people.industry[rows], words.INDUSTRY_LABELS),
            "employee_count": _employee_counts(people.employees[rows], people.fullwidth[rows]),
            "country": coded(np.zeros(count, dtype=np.int64), ("JP",)),
            "prefecture": coded(people.prefecture[rows], words.PREFECTURES),
            "created_at": instants(people.created[rows], unreadable),
            "updated_at": instants(people.updated[rows] if updated is None else updated),
            "source_channel": coded(people.channel[rows], words.CHANNEL_CODES),
            "source_campaign": coded(people.campaign[rows], words.CAMPAIGN_NAMES),
            "source_content": coded(people.content[rows], [c.content_id for c in words.CONTENTS]),
            "product": coded(people.product[rows], words.PRODUCTS),
            "owner_id": coded(people.owner[rows], words.ACTORS),
            "is_opted_out": yes_no(people.opted_out[rows]),
            "merged_into_lead_id": nulls(count) if merged_into is None else merged_into,
            "is_deleted": yes_no(np.zeros(count, dtype=bool) if deleted is None else deleted),
        },
    )


def _employee_counts(employees: Ints, fullwidth: Bools) -> pa.Array:
    plain = pa.array(employees, mask=employees == 0).cast(pa.string())
    at = np.flatnonzero(fullwidth)
    if not len(at):
        return plain
    wide = [str(n).translate(_FULLWIDTH) for n in employees[at].tolist()]
    return pc.replace_with_mask(plain, pa.array(fullwidth), pa.array(wide, pa.string()))


def activities_table(
    events: Events, numbers: Ints, ids: pa.Array, unreadable: Bools | None = None
) -> pa.Table:
    """Activity rows; `ids` holds the lead id of every lead number in `events`."""
    contents = words.CONTENTS
    code = events.content.astype(np.int64)
    return _table(
        ACTIVITIES,
        {
            "activity_id": idents("A", numbers, 9),
            "lead_id": ids.take(pa.array(events.lead)),
            "activity_type": coded(events.kind, [t.code for t in words.ACTIVITY_TYPES]),
            "occurred_at": instants(events.at, unreadable),
            "content_id": coded(code, [c.content_id for c in contents]),
            "content_name": coded(code, [c.name for c in contents]),
            "content_type": coded(code, [c.content_type for c in contents]),
            "url": coded(code, [c.url for c in contents]),
            "channel": coded(events.channel, words.CHANNEL_CODES),
            "campaign": coded(events.campaign, words.CAMPAIGN_NAMES),
            "answer": coded(events.answer, words.ANSWERS),
            "session_id": idents("S", events.session, 9),
            "actor": coded(events.actor, words.ACTORS),
        },
    )


def deals_table(
    deals: Deals,
    ids: pa.Array,
    people: People,
    stage: Ints,
    updated: Ints,
    as_of: int,
    *,
    amount: Ints | None = None,
    unreadable: Bools | None = None,
) -> pa.Table:
    """Deal rows as they stand at `as_of`."""
    has_lead = deals.lead >= 0
    # a deal without a lead borrows a company by its position, so that it has an account
    rows = np.where(has_lead, deals.lead, np.arange(len(deals)) * 37 % len(people))
    closed = deals.closed < as_of
    lost = closed & ~deals.won
    _, bare = _company_names(people, rows)
    kind = texts(np.where(has_lead, 0, 1), ("新規導入", "追加契約"))
    # ㈱, ① and the older forms of kanji live in the vendor rows of the SFA's code page
    name = join(
        texts(deals.product, ("①", "②")),
        texts(deals.product, words.PRODUCT_LABELS),
        " ",
        kind,
        " ㈱",
        bare,
        " ",
        texts(people.family[rows], words.FAMILY),
        "様",
    )
    return _table(
        DEALS,
        {
            "deal_id": ids,
            "lead_id": lead_ids(people).take(pa.array(deals.lead, mask=~has_lead)),
            "account_id": idents("AC", people.company[rows], 8),
            "name": name,
            "amount": pa.array(deals.amount if amount is None else amount).cast(pa.string()),
            "currency": coded(np.zeros(len(deals), dtype=np.int64), ("JPY",)),
            "gross_margin_rate": pa.array(deals.margin).cast(pa.string()),
            "stage": coded(stage, words.DEAL_STAGES),
            "is_closed": yes_no(closed),
            "is_won": yes_no(closed & deals.won),
            "created_at": instants(deals.created, unreadable),
            "closed_at": instants(deals.closed, ~closed),
            "lost_reason": coded(np.where(lost, deals.lost_reason, -1), words.LOST_REASONS),
            "owner_id": coded(deals.owner, words.FIELD_SALES),
            "product": coded(deals.product, words.PRODUCTS),
            "updated_at": instants(updated),
        },
    )


def deal_contacts_table(deals: Deals, ids: pa.Array, people: People) -> pa.Table:
    """The lead of each deal, and a colleague where there is one."""
    first = np.flatnonzero(deals.lead >= 0)
    second = np.flatnonzero(deals.contact >= 0)
    row = np.concatenate([first, second])
    lead = np.concatenate([deals.lead[first], deals.contact[second]])
    role = np.concatenate([np.zeros(len(first), int), np.ones(len(second), int)])
    order = np.lexsort((role, row))
    row, lead, role = row[order], lead[order], role[order]
    return _table(
        DEAL_CONTACTS,
        {
            "deal_id": ids.take(pa.array(row)),
            "lead_id": lead_ids(people).take(pa.array(lead)),
            "role": coded(role, ("主担当", "関係者")),
            "added_at": instants(deals.created[row] + 60 * role),
        },
    )


def stage_changes_table(
    deal: Ints, before: Ints, after: Ints, at: Ints, reason: Ints, owner: Ints, ids: pa.Array
) -> pa.Table:
    """Changes of deals' stages; `deal` indexes `ids`."""
    return _table(
        STAGE_CHANGES,
        {
            "entity": coded(np.zeros(len(deal), dtype=np.int64), ("deal",)),
            "entity_id": ids.take(pa.array(deal)),
            "from_status": coded(before, words.DEAL_STAGES),
            "to_status": coded(after, words.DEAL_STAGES),
            "changed_at": instants(at),
            "reason": coded(reason, words.LOST_REASONS),
            "changed_by": coded(owner, words.FIELD_SALES),
        },
    )
