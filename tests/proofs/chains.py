"""Random edits of a real audit, in its own database without its rules: each must be found, the first entry named."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, delete, insert, select, text

from tests.service.parties import Parties, rulings
from verifier.cases import auditing, decisions
from verifier.cases.decisions import Ruled
from verifier.store import audit
from verifier.store import service_tables as t
from verifier.store.audit import Checkpoint, Entry

CHECKPOINTS = 4
"""Kept elsewhere: at the end of the chain, and on the way."""


@dataclass(frozen=True)
class Edit:
    """An edited chain, and which entries a verifier may name: one, or up to the next checkpoint after a rewriting."""

    kind: str
    entries: list[Entry]
    first: int
    last: int


@dataclass
class Outcome:
    """How many edits were made, found, and named."""

    tried: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All edits."""
        return self.tried.total()


def redone(entry: Entry) -> Entry:
    """Return an entry with the digest that its contents have."""
    return replace(entry, digest=entry.computed)


def _changed(entry: Entry, chance: random.Random) -> Entry:
    name = chance.choice(("actor", "act", "subject", "detail", "at"))
    if name == "at":
        return replace(entry, at=entry.at + chance.choice((-1, 1)) * chance.uniform(1e-3, 1e6))
    old = str(getattr(entry, name))
    place = chance.randrange(len(old) + 1)
    return replace(entry, **{name: old[:place] + chance.choice("abcxyz0189{}") + old[place:]})  # type: ignore[arg-type]


def _alter(chain: list[Entry], at: int, chance: random.Random, _: int) -> Edit:
    return Edit(
        "field changed", [*chain[:at], _changed(chain[at], chance), *chain[at + 1 :]], chain[at].id, chain[at].id
    )


def _alter_and_redo(chain: list[Entry], at: int, chance: random.Random, _: int) -> Edit:
    new = redone(_changed(chain[at], chance))
    return Edit("field changed, digest made anew", [*chain[:at], new, *chain[at + 1 :]], chain[at].id, chain[at].id)


def _relink(chain: list[Entry], at: int, chance: random.Random, _: int) -> Edit:
    new = redone(replace(chain[at], previous=f"{chance.getrandbits(256):064x}"))
    return Edit("link changed", [*chain[:at], new, *chain[at + 1 :]], chain[at].id, chain[at].id)


def _remove(chain: list[Entry], at: int, _: random.Random, __: int) -> Edit:
    return Edit("entry removed", chain[:at] + chain[at + 1 :], chain[at].id, chain[at].id)


def _cut(chain: list[Entry], at: int, _: random.Random, __: int) -> Edit:
    return Edit("tail cut off", chain[:at], chain[at].id, chain[at].id)


def _swap(chain: list[Entry], at: int, _: random.Random, __: int) -> Edit:
    at = min(at, len(chain) - 2)
    one, other = chain[at], chain[at + 1]
    swapped = [replace(other, id=one.id), replace(one, id=other.id)]
    return Edit("two exchanged", [*chain[:at], *swapped, *chain[at + 2 :]], one.id, one.id)


def _insert(chain: list[Entry], at: int, chance: random.Random, _: int) -> Edit:
    """An entry slipped in, those behind it numbered on: the slipped-in one follows well, the next does not."""
    new = redone(replace(_changed(chain[at], chance), previous=chain[at - 1].digest if at else audit.FIRST))
    pushed = [replace(entry, id=entry.id + 1) for entry in chain[at:]]
    return Edit("entry slipped in", [*chain[:at], new, *pushed], chain[at].id, chain[at].id + 1)


def _rewrite(chain: list[Entry], at: int, chance: random.Random, beyond: int) -> Edit:
    """Everything from one entry on made anew, every digest fitting: only a checkpoint kept elsewhere tells."""
    previous = chain[at - 1].digest if at else audit.FIRST
    new = []
    for entry in (_changed(chain[at], chance), *chain[at + 1 :]):
        new.append(redone(replace(entry, previous=previous)))
        previous = new[-1].digest
    return Edit("all rewritten from there on", [*chain[:at], *new], chain[at].id, beyond)


EDITS: tuple[Callable[[list[Entry], int, random.Random, int], Edit], ...] = (
    _alter, _alter_and_redo, _relink, _remove, _cut, _swap, _insert, _rewrite,
)  # fmt: skip


def make_history(parties: Parties, cases: int) -> None:
    """Fill the audit with uploads, judgements and decisions."""
    for number in range(cases):
        view = parties.flagged_case(parties.north)
        outcome = (Ruled.REJECT, Ruled.APPROVE)[number % 2]
        case = decisions.decide(parties.database, parties.north["official"], view.case.id, 1, rulings(view, outcome))
        if outcome is Ruled.APPROVE:
            senior = parties.north["senior"]
            decisions.second(parties.database, senior, case.id, case.version, agrees=True, note="")


def edit_at_random(parties: Parties, edits: int, seed: int) -> Outcome:
    """Return how many of so many random edits of the database's own audit were found and named."""
    outcome, chance, key = Outcome(), random.Random(seed), Ed25519PrivateKey.generate()
    with parties.database.transaction() as connection:
        _take_rules_off(connection)
        chain = list(audit.entries(connection))
        kept = [auditing.checkpoint_of(chain[-1 - place * len(chain) // CHECKPOINTS], 1.0, key)
                for place in range(CHECKPOINTS)]  # fmt: skip
        trusted = auditing.public_key(key)
        assert auditing.verify_chain(audit.entries(connection), kept, trusted).bad is None
        for number in range(edits):
            _one(connection, chain, kept, trusted, EDITS[number % len(EDITS)], chance, outcome)
        connection.rollback()
    return outcome


def _one(
    connection: Connection,
    chain: list[Entry],
    kept: list[Checkpoint],
    trusted: str,
    how: Callable[[list[Entry], int, random.Random, int], Edit],
    chance: random.Random,
    outcome: Outcome,
) -> None:
    at = chance.randrange(len(chain))
    beyond = min(one.entry for one in kept if one.entry >= chain[at].id)
    edit = how(chain, at, chance, beyond)
    outcome.tried[edit.kind] += 1
    with connection.begin_nested() as undone:
        _write(connection, chain, edit.entries)
        bad = auditing.verify_chain(audit.entries(connection), kept, trusted).bad
        undone.rollback()
    outcome.found[edit.kind] += bad is not None
    is_named = bad is not None and edit.first <= bad.entry <= edit.last
    outcome.named[edit.kind] += is_named
    if not is_named:
        outcome.missed.append(f"{edit.kind} at {edit.first}: {bad}")


def _write(connection: Connection, old: list[Entry], new: list[Entry]) -> None:
    """Make the table hold the edited chain; only what differs is touched."""
    before, after = {one.id: one for one in old}, {one.id: one for one in new}
    gone = [number for number, one in before.items() if after.get(number) != one]
    for start in range(0, len(gone), 500):
        connection.execute(delete(t.audit).where(t.audit.c.id.in_(gone[start : start + 500])))
    names = Entry.__dataclass_fields__
    rows = [{name: getattr(one, name) for name in names} for number, one in after.items() if before.get(number) != one]
    if rows:
        connection.execute(insert(t.audit), rows)


def _take_rules_off(connection: Connection) -> None:
    """Be somebody who may do everything to the database."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        return
    for name in connection.scalars(select(text("name FROM sqlite_master WHERE type = 'trigger'"))).all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
