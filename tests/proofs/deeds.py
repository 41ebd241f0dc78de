"""Decisions that race, from threads of several processes, and decisions whose process is killed at every step."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert, select, update
from sqlalchemy.engine import Engine

from tests.service.office import Office
from tests.service.parties import Parties, rulings
from tests.unit.rules import builders as b
from verifier.cases import auditing, corrections, decisions, queue
from verifier.cases.corrections import Reading
from verifier.cases.decisions import ChangedError, NotDecidableError, Ruled, Ruling
from verifier.store import case_tables as c
from verifier.store import cases, people
from verifier.store import service_tables as t
from verifier.store.cases import CaseVehicle, NewCase
from verifier.store.clock import new_id
from verifier.store.database import Database

PROCESSES, THREADS = 2, 2
RACERS = ("official", "official2", "senior", "senior2")
BARRIER_SECONDS = 120.0

# --- racing ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Raced:
    """How many cases were raced for, and what did not end with exactly one winner and one ruling."""

    cases: int
    attempts: int
    one_winner: int
    wrong: tuple[str, ...]


def open_cases(parties: Parties, number: int) -> list[int]:
    """Return the numbers of so many open cases of the north, put straight into the store."""
    made, office = [], parties.north.office.id
    with parties.database.transaction() as connection:
        for place in range(number):
            document, sha256 = new_id(), f"{place:064x}"
            blob = {"sha256": sha256, "bytes": 1, "media_type": "application/pdf", "stored_at": 1.0}
            connection.execute(insert(t.blobs).values(blob))
            row = {"id": document, "owner": parties.north.exporter.id, "sha256": sha256, "name": "letter.pdf"}
            connection.execute(insert(t.documents).values(**row, uploaded_at=1.0, state="done"))
            new = NewCase(document, office, cases.FLAGGED, False, 1, 1)
            opened = cases.open_case(connection, new, [CaseVehicle("", ("record.found",))], 1.0)
            assert opened is not None
            made.append(opened)
    return made


def race(parties: Parties, url: str, blobs: Path, number: int) -> Raced:
    """Return how so many cases ended for which threads of two processes raced, all starting at once."""
    numbers = open_cases(parties, number)
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(PROCESSES * THREADS)
    results: Any = context.Queue()
    racers = [parties.north[name].id for name in RACERS]
    children = [
        context.Process(target=_race, args=(url, str(blobs), racers, numbers, place, start, results))
        for place in range(PROCESSES)
    ]
    for child in children:
        child.start()
    won = [results.get() for _ in range(PROCESSES * THREADS)]
    for child in children:
        child.join()
    return _judged(parties, numbers, won)


def _race(
    url: str, blobs: str, racers: list[str], numbers: list[int], place: int, start: Barrier, results: Any
) -> None:
    database = Database(url, blobs=Path(blobs), pooled=True)
    with database.reading() as connection:
        mine = [people.get_person(connection, racers[place * THREADS + thread]) for thread in range(THREADS)]
    threads = [threading.Thread(target=_race_one, args=(database, who, numbers, start, results)) for who in mine]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _race_one(database: Database, who: people.Person, numbers: list[int], start: Barrier, results: Any) -> None:
    won = []
    for number in numbers:
        start.wait(BARRIER_SECONDS)
        try:
            decisions.decide(database, who, number, 1, [Ruling("", Ruled.REJECT, f"by {who.id}")])
        except (ChangedError, NotDecidableError):
            continue
        won.append(number)
    results.put((who.id, won))


def _judged(parties: Parties, numbers: list[int], won: list[tuple[str, list[int]]]) -> Raced:
    winners: dict[int, list[str]] = {}
    for who, mine in won:
        for number in mine:
            winners.setdefault(number, []).append(who)
    wrong = []
    with parties.database.reading() as connection:
        for number in numbers:
            made = cases.decisions_of(connection, [number])
            told = winners.get(number, [])
            if len(told) != 1 or [one.decided_by for one in made] != told or made[0].state != "final":
                wrong.append(f"case {number}: told {told}, in the store {[one.decided_by for one in made]}")
    wrong += chain_errors(parties.database)
    return Raced(
        len(numbers), len(numbers) * PROCESSES * THREADS, sum(len(w) == 1 for w in winners.values()), tuple(wrong)
    )


def chain_errors(database: Database) -> list[str]:
    """Return what is wrong with the audit or with a decision that it recorded."""
    found = auditing.verify(database, (), "")
    return [] if found.bad is None else [f"entry {found.bad.entry}: {found.bad.what}"]


# --- killing --------------------------------------------------------------------------------------------


@dataclass
class Killed:
    """How often a process was killed, at which acts, and what was lost, doubled or torn."""

    kills: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Act:
    """Something a person does to a case, and whether it is done."""

    name: str
    do: Callable[[], object]
    is_done: Callable[[], bool]


def kill_everywhere(parties: Parties, rounds: int, every: int = 1) -> Killed:
    """Return what became of decisions whose process was killed −9 before every statement and commit.

    `every` leaves steps out, for a small sample.
    """
    killed = Killed()
    for _ in range(rounds):
        view = parties.flagged_case(parties.north)
        for make in (_correct, _decide, _second, _undo, _reject):
            _kill_through(parties, make(parties, view.case.id, view.document.id), killed, every)
    return killed


def _kill_through(parties: Parties, act: Act, killed: Killed, every: int) -> None:
    """Try an act again and again, each time killed a step later, until it is done."""
    before = _counts(parties)
    step = 1 - every
    while True:
        step += every
        died = _dies_at(step, act)
        _finish_what_fell(parties)
        killed.kills[act.name] += died
        done = act.is_done()
        killed.wrong += [f"{act.name}, step {step}: {error}" for error in chain_errors(parties.database)]
        grown = _counts(parties) - before
        if done:
            killed.acts[act.name] += 1
            killed.wrong += [f"{act.name}, step {step}: doubled {grown}"] if max(grown.values(), default=0) > 1 else []
            return
        if grown:
            killed.wrong.append(f"{act.name}, step {step}: torn, {dict(grown)}")
        if not died:
            killed.wrong.append(f"{act.name}: came to its end and is not done")
            return


def _dies_at(step: int, act: Act) -> bool:
    """Do an act in a process of its own that dies at a step; return whether it died before the end."""
    child = os.fork()
    if child == 0:
        try:
            _die_at(step)
            act.do()
        except BaseException:  # noqa: BLE001  # the process's edge: how it ended is all that the parent asks
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, f"{act.name} failed at step {step}"
    return False


def _die_at(step: int) -> None:
    left = [step]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    event.listen(Engine, "engine_disposed", count)
    event.listen(Engine, "begin", count)


def _finish_what_fell(parties: Parties) -> None:
    """Let workers do what a dead process left in its hands, as they do when its lease is over."""
    with parties.database.transaction() as connection:
        connection.execute(update(t.jobs).where(t.jobs.c.state == "leased").values(leased_until=0.0))
    parties.work()


_RULED = ("proposed", "decided", "seconded", "taken back", "corrected")


def _counts(parties: Parties) -> Counter[str]:
    """Return how often each kind of act is on record, and how many rulings and corrections there are."""
    with parties.database.reading() as connection:
        acts = Counter(connection.scalars(select(t.audit.c.act).where(t.audit.c.act.in_(_RULED))))
        acts["rulings"] = len(connection.scalars(select(c.decisions.c.id)).all())
        acts["corrections"] = len(connection.scalars(select(c.corrections.c.id)).all())
    return acts


def _view(parties: Parties, number: int) -> queue.CaseView:
    return queue.open_view(parties.database, parties.north["official"], number)


def _correct(parties: Parties, number: int, document: str) -> Act:
    who, reading = parties.north["official"], Reading(1, "exporter", "更正有限公司")

    def is_done() -> bool:
        field_ = Office(parties.database).report(document)["fields"]["exporter"]
        return bool(field_["source"] == "official")

    return Act("correction", lambda: corrections.correct(parties.database, who, document, reading, b.ON), is_done)


def _decide(parties: Parties, number: int, document: str) -> Act:
    def do() -> object:
        view = _view(parties, number)
        who = parties.north["official"]
        return decisions.decide(parties.database, who, number, view.case.version, rulings(view, Ruled.APPROVE))

    return Act("proposal", do, lambda: _view(parties, number).case.state == "awaiting_second")


def _second(parties: Parties, number: int, document: str) -> Act:
    def do() -> object:
        version, who = _view(parties, number).case.version, parties.north["senior"]
        return decisions.second(parties.database, who, number, version, agrees=True, note="agreed")

    return Act("agreement", do, lambda: _view(parties, number).case.state == "decided")


def _undo(parties: Parties, number: int, document: str) -> Act:
    def do() -> object:
        version, who = _view(parties, number).case.version, parties.north["senior"]
        return decisions.undo(parties.database, who, number, version, 600.0)

    return Act("taking back", do, lambda: _view(parties, number).case.state == "open")


def _reject(parties: Parties, number: int, document: str) -> Act:
    def do() -> object:
        view = _view(parties, number)
        who = parties.north["official2"]
        return decisions.decide(parties.database, who, number, view.case.version, rulings(view, Ruled.REJECT))

    return Act("decision", do, lambda: _view(parties, number).case.state == "decided")
