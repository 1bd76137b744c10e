"""One person, read by hand: docs/identity.md in plain Python, lead by lead and loop by loop.

Nothing of the SQL is used here. Groups are walked from neighbour to neighbour, addresses one after the other.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

LONGEST_MERGE_CHAIN = 32
LONGEST_ID_CHAIN = 8
FIELDS = ("email", "full_name", "company_name", "job_title", "department", "owner_id")


@dataclass(frozen=True)
class Row:
    """A row of a source about a lead."""

    lead_id: str
    source: str
    line: int
    created_at: datetime | None
    updated_at: datetime | None = None
    email: str | None = None
    full_name: str | None = None
    company_name: str | None = None
    job_title: str | None = None
    department: str | None = None
    owner_id: str | None = None
    merged_into: str | None = None
    is_deleted: bool = False
    is_opted_out: bool = False

    @property
    def changed_at(self) -> datetime:
        assert self.created_at is not None
        return self.updated_at or self.created_at


@dataclass(frozen=True)
class Rules:
    """The agreement on identity; None is a rule that is off."""

    claims_per_id: int | None = 5
    email: bool = True
    plus_tags_removed: bool = False
    names_per_address: int | None = 3
    same_sources: tuple[str, ...] = ()
    source_order: tuple[str, ...] = ()
    fill_order: str | None = "newest_first"
    shared_mailboxes: frozenset[str] = frozenset()
    character_forms: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Identity:
    """What becomes of one lead id."""

    lead_id: str | None
    status: str
    reason: str = "self"
    detail: str | None = None
    conflict: str | None = None


@dataclass(frozen=True)
class Claim:
    lead_id: str
    same_as: str


@dataclass(frozen=True)
class Decision:
    a: str
    b: str
    is_same: bool


def plain_address(email: str | None) -> str | None:
    """An address as it is compared, None if it is none."""
    plain = unicodedata.normalize("NFKC", email or "").strip().lower()
    local, _, domain = plain.partition("@")
    head, _, tail = domain.rpartition(".")
    is_one = bool(local and head and tail) and " " not in plain and "@" not in domain
    return plain if is_one else None


class Resolution:
    """Every lead of a company resolved."""

    def __init__(
        self,
        rows: Iterable[Row],
        claims: Iterable[Claim],
        decisions: Iterable[Decision],
        rules: Rules,
        as_of: datetime,
    ) -> None:
        self.rows = list(rows)
        self.claims = [c for c in claims if c.lead_id != c.same_as]
        self.decisions = list(decisions)
        self.rules = rules
        self.as_of = as_of
        self.kept: dict[str, Row] = {}
        self.statuses: dict[int, str] = {}
        self._keep_the_newest()
        self.root: dict[str, str | None] = {}
        self.refused_merges: set[str] = set()
        self.undone: set[str] = set()
        self._follow_merges()
        self.live = {
            lead_id: row
            for lead_id, row in self.kept.items()
            if self.root[lead_id] == lead_id
            and lead_id not in self.refused_merges
            and not row.is_deleted
            and row.created_at is not None
            and row.created_at <= self.as_of
        }
        self.conflicts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.edges: dict[str, dict[str, set[str]]] = {
            "decision": defaultdict(set),
            "explicit_id": defaultdict(set),
        }
        self.group: dict[str, str] = {lead_id: lead_id for lead_id in self.live}
        self.decided: set[str] = set()
        self._decide()
        self._follow_ids()
        self.person = dict(self.group)
        self.address: dict[str, str] = {}
        self._draw_by_address()
        self.found = {lead_id: self._identity(lead_id) for lead_id in self.kept}

    # --- rows -------------------------------------------------------------------------------------

    def _keep_the_newest(self) -> None:
        by_id: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.created_at is None:
                self.statuses[row.line] = "quarantined"
            else:
                by_id[row.lead_id].append(row)
        for lead_id, copies in by_id.items():
            best, *others = sorted(copies, key=lambda r: (r.changed_at, r.line), reverse=True)
            self.kept[lead_id] = best
            self.statuses.update({row.line: "duplicate" for row in others})

    # --- merges -----------------------------------------------------------------------------------

    def _follow_merges(self) -> None:
        different = [d for d in self.decisions if not d.is_same]
        said = {frozenset((d.a, d.b)) for d in different}
        target = {
            lead_id: row.merged_into
            for lead_id, row in self.kept.items()
            if row.merged_into and frozenset((lead_id, row.merged_into)) not in said
        }

        def way(lead_id: str) -> list[str]:
            passed = [lead_id]
            while passed[-1] in target and len(passed) <= LONGEST_MERGE_CHAIN:
                passed.append(target[passed[-1]])
            return passed

        cuts = set()
        for decision in different:
            mine, theirs = way(decision.a), way(decision.b)
            if mine[-1] == theirs[-1] and mine[-1] not in target:
                cuts.add(decision.a if len(mine) > len(theirs) else decision.b)
        for lead_id, row in self.kept.items():
            passed = way(lead_id)
            stop = next((step for step in passed if step in cuts), passed[-1])
            self.root[lead_id] = stop
            if row.merged_into and (lead_id in cuts or lead_id not in target):
                self.undone.add(lead_id)
            if stop not in self.kept or (stop in target and stop not in cuts):
                self.refused_merges.add(lead_id)

    # --- ids and decisions ------------------------------------------------------------------------

    def _live_root(self, lead_id: str) -> str | None:
        root = self.root.get(lead_id, lead_id)
        return root if root in self.live else None

    def _apart(self) -> list[tuple[str, str]]:
        pairs = []
        for decision in self.decisions:
            a, b = self._live_root(decision.a), self._live_root(decision.b)
            if not decision.is_same and a and b:
                pairs.append((a, b))
        return pairs

    def _join(self, links: Iterable[tuple[str, str]], layer: str) -> None:
        """Joins the groups that `links` name, or leaves all of a contradictory component apart."""
        neighbours: dict[str, set[str]] = defaultdict(set)
        for a, b in links:
            neighbours[a].add(b)
            neighbours[b].add(a)
        members: dict[str, list[str]] = defaultdict(list)
        for lead_id, group in self.group.items():
            members[group].append(lead_id)
        apart = [(self.group[a], self.group[b]) for a, b in self._apart()]
        seen: set[str] = set()
        for first in sorted(neighbours):
            if first in seen:
                continue
            distance = {first: 0}
            frontier = [first]
            for node in frontier:
                for other in neighbours[node]:
                    if other not in distance:
                        distance[other] = distance[node] + 1
                        frontier.append(other)
            seen |= set(distance)
            reason = None
            if max(distance.values()) > LONGEST_ID_CHAIN:
                reason = "chain_too_long"
            if any(a in distance and b in distance for a, b in apart):
                reason = max(reason or "", "decided_different")
            for node in distance:
                for lead_id in members[node]:
                    if reason:
                        self.conflicts[lead_id][layer].add(reason)
                    else:
                        self.group[lead_id] = first

    def _decide(self) -> None:
        links = []
        for decision in (d for d in self.decisions if d.is_same):
            a, b = self._live_root(decision.a), self._live_root(decision.b)
            if a and not b:
                self.conflicts[a]["ids"].add("unknown_id")
            if a and b and a != b:
                links.append((a, b))
                self.edges["decision"][a].add(decision.b)
                self.edges["decision"][b].add(a)
        self._join(links, "decision")
        named = {lead_id for pair in links for lead_id in pair}
        self.decided = {n for n in named if "decision" not in self.conflicts[n]}

    def _follow_ids(self) -> None:
        holders: dict[tuple[str, str], set[str]] = defaultdict(set)
        for claim in self.claims:
            mine = self._live_root(claim.lead_id)
            if mine:
                holders[self.live[mine].source, claim.same_as].add(mine)
        apart = {frozenset(pair) for pair in self._apart()}
        limit = self.rules.claims_per_id
        links = []
        for claim in self.claims:
            mine, theirs = self._live_root(claim.lead_id), self._live_root(claim.same_as)
            if not mine or mine == theirs:
                continue
            if not theirs:
                self.conflicts[mine]["ids"].add("unknown_id")
            elif frozenset((mine, theirs)) in apart:
                self.conflicts[mine]["ids"].add("decided_different")
            elif limit and len(holders[self.live[mine].source, claim.same_as]) > limit:
                self.conflicts[mine]["ids"].add("id_of_many")
            else:
                links.append((self.group[mine], self.group[theirs]))
                self.edges["explicit_id"][mine].add(claim.same_as)
                self.edges["explicit_id"][theirs].add(mine)
        self._join(links, "explicit")

    # --- addresses --------------------------------------------------------------------------------

    def _rank(self, lead_id: str) -> tuple[int, datetime, str]:
        row = self.live[lead_id]
        order = self.rules.source_order
        place = order.index(row.source) if row.source in order else len(order)
        assert row.created_at is not None
        return place, row.created_at, lead_id

    def _addresses(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for lead_id, row in self.live.items():
            address = plain_address(row.email)
            if address and self.rules.plus_tags_removed:
                local, _, domain = address.partition("@")
                # nothing but a tag is a mailbox of its own
                address = f"{local.split('+')[0] or local}@{domain}"
            if address:
                found[address].append(lead_id)
        return found

    def _plain_name(self, name: str) -> str:
        plain = "".join(unicodedata.normalize("NFKC", c) if ord(c) > 0xFF00 else c for c in name)
        plain = plain.replace("\u3000", "").replace(" ", "").lower()
        return "".join(self.rules.character_forms.get(c, c) for c in plain)

    def _draw_by_address(self) -> None:
        if not self.rules.email:
            return
        good: dict[str, set[str]] = {}
        for address, holders in self._addresses().items():
            sources = [self.live[h].source for h in holders]
            is_named = any(s in self.rules.same_sources for s in sources)
            if len(set(sources)) == 1 and not (is_named and len(holders) > 1):
                continue
            names = {self._plain_name(n) for h in holders if (n := self.live[h].full_name)}
            local = address.split("@")[0].split("+")[0]
            why = None
            if local in self.rules.shared_mailboxes:
                why = "shared_mailbox"
            elif self.rules.names_per_address and len(names) > self.rules.names_per_address:
                why = "many_names"
            if why:
                for holder in holders:
                    self.conflicts[holder]["address"].add(why)
            else:
                good[address] = {self.group[h] for h in holders}
        members: dict[str, list[str]] = defaultdict(list)
        for lead_id, group in self.group.items():
            members[group].append(lead_id)
        rank = {
            person: min(self._rank(lead_id) for lead_id in members[person])
            for people in good.values()
            for person in people
        }
        hub_of: dict[str, tuple[Any, str, str]] = {}
        for address in sorted(good):
            hub = min(good[address], key=lambda p: rank[p])
            for person in good[address]:
                if person not in hub_of or rank[hub] < hub_of[person][0]:
                    hub_of[person] = (rank[hub], hub, address)
        self._attach(hub_of, rank, members)

    def _attach(
        self,
        hub_of: dict[str, tuple[Any, str, str]],
        rank: dict[str, Any],
        members: dict[str, list[str]],
    ) -> None:
        apart = {frozenset((self.group[a], self.group[b])) for a, b in self._apart()}
        drawn: dict[str, list[str]] = defaultdict(list)
        for person, (_, hub, _address) in hub_of.items():
            drawn[hub].append(person)
        for hub, people in drawn.items():
            is_chain = hub_of[hub][1] != hub
            earlier: list[str] = []
            used: set[str] = set()
            for person in sorted(people, key=lambda p: rank[p]):
                sources = {self.live[lead].source for lead in members[person]}
                sources -= set(self.rules.same_sources)
                why = None
                if any(frozenset((person, e)) in apart for e in earlier):
                    why = "decided_different"
                elif is_chain:
                    why = "email_chain"
                elif sources & used:
                    why = "same_source"
                earlier.append(person)
                used |= sources
                if person == hub:
                    continue
                for lead_id in members[person]:
                    if why:
                        self.conflicts[lead_id]["star"].add(why)
                    else:
                        self.person[lead_id] = hub
                        self.address[lead_id] = hub_of[person][2]

    # --- what comes of it -------------------------------------------------------------------------

    def members_of(self, person: str) -> list[str]:
        """The leads of a person, the one that stays first."""
        found = [lead_id for lead_id, other in self.person.items() if other == person]
        return sorted(found, key=self._rank)

    def _identity(self, lead_id: str) -> Identity:
        row = self.kept[lead_id]
        root = self.root[lead_id]
        if lead_id in self.refused_merges:
            self.statuses[row.line] = "quarantined"
            return Identity(root, "quarantined")
        if root != lead_id:
            stays = self._survivor(root) if root in self.live else root
            self.statuses[row.line] = "merged"
            return Identity(stays, "merged", "merge", row.merged_into)
        if lead_id not in self.live:
            status = "suppressed" if row.is_deleted else "loaded"
            self.statuses[row.line] = status
            return Identity(lead_id, status)
        stays = self._survivor(lead_id)
        conflict = "decided_different" if lead_id in self.undone else self._conflict(lead_id)
        if stays == lead_id:
            self.statuses[row.line] = "loaded"
            return Identity(lead_id, "loaded", conflict=conflict)
        self.statuses[row.line] = "merged"
        reason, detail = self._reason(lead_id)
        return Identity(stays, "merged", reason, detail, conflict)

    def _survivor(self, lead_id: str | None) -> str:
        assert lead_id is not None
        if not hasattr(self, "_first"):
            people: dict[str, list[str]] = defaultdict(list)
            for lead, person in self.person.items():
                people[person].append(lead)
            self._first = {p: min(leads, key=self._rank) for p, leads in people.items()}
        return self._first[self.person[lead_id]]

    def _reason(self, lead_id: str) -> tuple[str, str | None]:
        group = [other for other, name in self.group.items() if name == self.group[lead_id]]
        if lead_id == min(group, key=self._rank):
            address = self.address[lead_id]
            return "email", f"{address[0]}***@{address.split('@')[1]}"
        reason = "decision" if lead_id in self.decided else "explicit_id"
        return reason, min(self.edges[reason][lead_id])

    def _conflict(self, lead_id: str) -> str | None:
        by_layer = self.conflicts[lead_id]
        for layer in ("decision", "explicit", "ids", "star", "address"):
            if by_layer[layer]:
                return min(by_layer[layer])
        return None

    def attributes(self, lead_id: str) -> dict[str, Any]:
        """What the lead that stays says, filled from the others of its person."""
        row = self.kept[lead_id]
        others = [o for o in self.members_of(self.person[lead_id]) if o != lead_id]
        # stable sorts, the least important first; members come in the order of survivors
        others.sort(key=lambda o: self.live[o].changed_at, reverse=True)
        if self.rules.fill_order == "source_order":
            others.sort(key=lambda o: self._rank(o)[0])
        said: dict[str, Any] = {name: getattr(row, name) for name in FIELDS}
        if self.rules.fill_order:
            for other in others:
                for name in FIELDS:
                    said[name] = said[name] or getattr(self.live[other], name)
        everybody = [row, *(self.live[o] for o in others)]
        said["created_at"] = min(r.created_at for r in everybody if r.created_at)
        said["is_opted_out"] = any(r.is_opted_out for r in everybody)
        return said
