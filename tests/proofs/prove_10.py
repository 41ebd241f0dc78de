"""What people and decisions must show: roles leak nothing, races have one winner, kills lose nothing, edits are found.

Run: make prove-10, or python -m tests.proofs.prove_10 --write docs/proof-10.md
"""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.proofs.chains import Outcome, edit_at_random, make_history
from tests.proofs.deeds import Killed, Raced, kill_everywhere, race
from tests.proofs.roles import Witness, run_sequences
from tests.service.parties import Parties
from tests.service.postgres import Postgres
from tests.service.rooms import rooms
from verifier.evaluation.figures import Rate
from verifier.store.database import Database
from verifier.web.access import RULES

ROOT = Path(__file__).parents[2]
STORES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True)
class Sizes:
    """How much of each is done."""

    sequences: int = 2000
    steps: int = 8
    races: int = 1000
    rounds: int = 1
    edits: int = 10_000
    history: int = 30


@dataclass(frozen=True)
class Sequences:
    """What random sequences of roles came to."""

    sequences: int
    answers: int
    refused: int
    documents: int
    leaks: tuple[str, ...]

    @classmethod
    def of(cls, witness: Witness) -> Sequences:
        """Return what a witness saw."""
        w = witness
        return cls(w.sequences, w.answers, w.refused, len(w.sent), tuple(w.leaks))


@dataclass(frozen=True)
class Proof:
    """What was found, by store where it matters."""

    witness: Sequences
    raced: dict[str, Raced]
    killed: dict[str, Killed]
    edited: dict[str, Outcome]

    @property
    def holds(self) -> bool:
        """Whether nothing leaked, was lost, doubled or overlooked."""
        races = all(not one.wrong and one.one_winner == one.cases for one in self.raced.values())
        kills = all(not one.wrong and one.kills for one in self.killed.values())
        edits = all(not one.missed for one in self.edited.values())
        return not self.witness.leaks and races and kills and edits


PARTS = ("sequences", "races", "kills", "edits")


def main() -> int:
    """Do all of it, or some parts; print and write the figures; fail where something did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in Sizes().__dict__.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--only", choices=PARTS, help="do this part and keep it; the page is written with all parts")
    parser.add_argument("--kept", type=Path, default=ROOT / ".cache" / "proof-10", help="folder of parts done before")
    parser.add_argument("--write", default="")
    arguments = vars(parser.parse_args())
    written, only, kept = arguments.pop("write"), arguments.pop("only"), arguments.pop("kept")
    sizes = Sizes(**arguments)
    kept.mkdir(parents=True, exist_ok=True)
    for part in PARTS if only is None else (only,):
        with tempfile.TemporaryDirectory() as folder:
            (kept / part).write_bytes(pickle.dumps(do_part(part, Path(folder), sizes)))
    if not all((kept / part).exists() for part in PARTS):
        return 0
    proof = Proof(*(pickle.loads((kept / part).read_bytes()) for part in PARTS))
    page = document(proof, sizes)
    sys.stdout.write(page)
    if written:
        Path(written).write_text(page, encoding="utf-8")
    return 0 if proof.holds else 1


def do_part(part: str, home: Path, sizes: Sizes) -> object:
    """Return what one part found on this machine."""
    if part == "sequences":
        with rooms(home / "rooms", {"VERIFIER_UNDO_SECONDS": "0"}, control_share=0.2) as made:
            return Sequences.of(run_sequences(made, sizes.sequences, sizes.steps))
    found = {}
    for name in STORES:
        with store(home / name, name) as (parties, url):
            if part == "races":
                found[name] = race(parties, url, home / name / "blobs", sizes.races)
            elif part == "kills":
                found[name] = kill_everywhere(parties, sizes.rounds)
            else:
                make_history(parties, sizes.history)
                found[name] = edit_at_random(parties, sizes.edits, seed=10)
        _say(f"{part} on {name} done")
    return found


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


@contextmanager
def store(home: Path, name: str) -> Iterator[tuple[Parties, str]]:
    """Yield two offices over an empty store of a sort, and its URL; no connection outlives its transaction."""
    home.mkdir(parents=True)
    server = Postgres() if name == "PostgreSQL" else None
    try:
        url = server.fresh() if server else f"sqlite:///{home}/verifier.db"
        yield Parties(Database(url, blobs=home / "blobs")), url
    finally:
        if server:
            server.stop()


def document(proof: Proof, sizes: Sizes) -> str:
    """Return the page of the proof."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"""# Proof 10: people and decisions

Made by `make prove-10`. Two offices, an exporter each, fourteen people with five roles; the reader is recorded,
everything else is real. Load averages at the end of this run: {load} on {os.cpu_count()} cores.

## Route × role

`verifier/web/access.py` names every route with the roles that may use it ({len(RULES)} routes); what is not in it is
refused. `tests/acceptance/test_access.py` holds the table to the application, asks every route as nobody and in every
role, and with tokens of every scope.
{_sequences(proof.witness, sizes)}{_deeds(proof)}"""


def _sequences(witness: Sequences, sizes: Sizes) -> str:
    return f"""
## Random sequences of roles

{witness.sequences} sequences (hypothesis, up to {sizes.steps} steps each) of uploads, some reusing another's VIN,
number or file, readings, lists, applications, corrections, decisions and meddling with others' cases. Every answer
and its headers are searched for others' names, file names, VINs, numbers, digests, identifiers, internal notes, and
checks for officials: {witness.answers} answers, {witness.refused} of them refusals, about {witness.documents}
documents. Answers with a leak: {Rate(len(witness.leaks), witness.answers)}.
{_list(list(witness.leaks))}"""


def _deeds(proof: Proof) -> str:
    return f"""
## Racing decisions

Two processes with two threads each start at once on every case, four people with four rulings.

| store | cases | attempts | exactly one winner |
|---|---|---|---|
{_rows(_races(proof.raced))}

Told to two, to nobody, or otherwise in the store than told: {_list(_wrong(proof.raced))}
## kill −9 at every step

A process does one act and is killed before its first, second, third … begin, statement and commit, until the act is
done. After each kill: nothing torn, nothing doubled, audit chain and decisions verified.

| store | act | killed | done once |
|---|---|---|---|
{_rows(_kills(proof.killed))}

Lost, doubled or torn: {_list(_wrong(proof.killed))}
## Edits of the audit

The rules that forbid changes are taken off, one edit is made in the table, the chain is verified with four checkpoints
kept elsewhere. Where everything behind an entry was made anew with fitting digests, only a checkpoint can tell: the
named entry is then the first that a checkpoint fixes. One that is slipped in is named itself or by its follower.

| store | edit | made | found | first bad entry named |
|---|---|---|---|---|
{_rows(_edits(proof.edited))}

Overlooked or named wrongly: {_list([m for one in proof.edited.values() for m in one.missed])}"""


def _races(raced: dict[str, Raced]) -> Iterator[str]:
    for name, one in raced.items():
        yield f"{name} | {one.cases} | {one.attempts} | {Rate(one.one_winner, one.cases)}"


def _kills(killed: dict[str, Killed]) -> Iterator[str]:
    for name, one in killed.items():
        for act, done in one.acts.items():
            yield f"{name} | {act} | {one.kills[act]} | {done}"


def _wrong(by_store: Mapping[str, Raced | Killed]) -> list[str]:
    return [wrong for one in by_store.values() for wrong in one.wrong]


def _edits(edited: dict[str, Outcome]) -> Iterator[str]:
    for name, one in edited.items():
        for kind, tried in one.tried.items():
            yield f"{name} | {kind} | {tried} | {Rate(one.found[kind], tried)} | {one.named[kind]}"


def _rows(rows: Iterator[str]) -> str:
    return "\n".join(f"| {row} |" for row in rows)


def _list(lines: list[str]) -> str:
    return "".join(f"\n- {line}" for line in lines[:20]) + "\n" if lines else "nothing\n"


if __name__ == "__main__":
    sys.exit(main())
