"""Kills processes of a loaded service at random, and counts what became of every acknowledged upload."""

from __future__ import annotations

import contextlib
import itertools
import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import func, select

from tests.service.recorded import letter
from tests.service.running import Running, running
from verifier.store import service_tables as t
from verifier.store.database import Database

SENDERS = 3
SETTLE_SECONDS = 120.0
LONGEST_PAUSE = 0.9
"""Between two kills."""
MOST_WAITING = 60
"""Senders pause above this, so that the queue never outlasts the kills by much."""


@dataclass(slots=True)
class Load:
    """What senders sent, and what was promised to them."""

    service: Running
    stopping: threading.Event = field(default_factory=threading.Event)
    promised: dict[str, str] = field(default_factory=dict)
    """Idempotency-Key to the identifier that a 202 named."""
    broken_promises: list[str] = field(default_factory=list)
    lost_answers: int = 0
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def send(self) -> None:
        """Send letters until told to stop; each is repeated under its key until it is acknowledged."""
        while not self.stopping.is_set():
            number = next(self._numbers)
            self._send_one(f"key-{number}", letter(f"letter {number}"))
            while len(self.promised) % 50 == 0 and self._waiting() > MOST_WAITING and not self.stopping.is_set():
                time.sleep(0.2)

    def _send_one(self, key: str, content: bytes) -> None:
        while True:
            answer = self._try(key, content)
            if answer is not None and answer.status_code == 202:
                self._promise(key, answer.json()["documents"][0]["id"])
                if random.random() < 0.9:
                    return
                continue  # a sender who repeats an acknowledged request must get the same document
            self.lost_answers += answer is None
            if self.stopping.is_set():
                return
            time.sleep(0.05)

    def _try(self, key: str, content: bytes) -> httpx.Response | None:
        url = self.service.url(random.randrange(len(self.service.ports)))
        with contextlib.suppress(httpx.HTTPError):
            return httpx.post(
                f"{url}/v1/documents",
                files={"file": ("letter.pdf", content)},
                headers={"Idempotency-Key": key},
                timeout=20,
            )
        return None

    def _promise(self, key: str, document_id: str) -> None:
        earlier = self.promised.setdefault(key, document_id)
        if earlier != document_id:
            self.broken_promises.append(f"{key}: {earlier} and {document_id}")

    def _waiting(self) -> int:
        answer = None
        with contextlib.suppress(httpx.HTTPError):
            answer = httpx.get(self.service.url() + "/readyz", timeout=5)
        return int(answer.json().get("waiting", 0)) if answer is not None else 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found when the dust had settled."""

    kills: int
    acknowledged: int
    exactly_one_verdict: int
    without_verdict: int
    """Ended with `verdict: null` and its error, as a document does whose workers all died."""
    wrong: tuple[str, ...]
    lost_answers: int
    seconds: float


def kill_at_random(home: Path, database_url: str, kills: int, seed: int) -> Outcome:
    """Return what became of uploads while API processes and workers were killed −9 `kills` times."""
    started = time.monotonic()
    with running(home, database_url, apis=2, workers=2) as service:
        load = Load(service)
        senders = [threading.Thread(target=load.send) for _ in range(SENDERS)]
        for sender in senders:
            sender.start()
        _kill(service, kills, random.Random(seed))
        load.stopping.set()
        for sender in senders:
            sender.join()
        service.await_ready()
        database = Database(database_url, blobs=home / "blobs")
        _settle(database)
    wrong = [*load.broken_promises, *_wrong(database, load.promised)]
    one, none = _counted(database, load.promised)
    return Outcome(kills, len(load.promised), one, none, tuple(wrong), load.lost_answers, time.monotonic() - started)


def _kill(service: Running, kills: int, chance: random.Random) -> None:
    for _ in range(kills):
        time.sleep(chance.uniform(0.02, LONGEST_PAUSE))
        if chance.random() < 0.5:
            victim = chance.randrange(len(service.ports))
            service.apis.pop(victim).kill()
            service.start_api(service.ports[victim])
            service.apis.insert(victim, service.apis.pop())
        else:
            service.workers.pop(chance.randrange(len(service.workers))).kill()
            service.start_worker()


def _settle(database: Database) -> None:
    """Return once no job is left; leases of killed workers must first run out."""
    until = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < until:
        with database.reading() as connection:
            if not connection.scalar(select(func.count()).where(t.jobs.c.state != "done")):
                return
        time.sleep(0.2)


def _counted(database: Database, promised: dict[str, str]) -> tuple[int, int]:
    with database.reading() as connection:
        rows = connection.execute(select(t.documents.c.id, t.documents.c.verdict, t.documents.c.state)).all()
    found = {row.id: row for row in rows if row.state == "done"}
    mine = [found[one] for one in promised.values() if one in found]
    return sum(row.verdict is not None for row in mine), sum(row.verdict is None for row in mine)


def _wrong(database: Database, promised: dict[str, str]) -> list[str]:
    """Return every broken promise: lost, doubled, without job, file, event or audit entry."""
    with database.reading() as connection:
        rows = {row.id: row for row in connection.execute(select(t.documents))}
        examined = _per_document(connection.execute(_count(t.jobs, t.jobs.c.kind == "examine")).all())
        reports = _per_document(connection.execute(_count(t.reports)).all())
        judged = _per_document(connection.execute(_count(t.events, t.events.c.type == "judged")).all())
        uploaded = _per_document(connection.execute(_count(t.events, t.events.c.type == "uploaded")).all())
        open_jobs = set(connection.scalars(select(t.jobs.c.document_id).where(t.jobs.c.state != "done")))
        audited = connection.execute(
            select(t.audit.c.subject, func.count()).where(t.audit.c.act == "judged").group_by(t.audit.c.subject)
        ).all()
        blobs = {row.sha256 for row in connection.execute(select(t.blobs))}
    audits = _per_document(audited)
    wrong = [f"{one} was acknowledged and is gone" for one in promised.values() if one not in rows]
    wrong += [f"{sha256} has a row and no file" for sha256 in blobs if not database.blobs.holds(sha256)]
    for one in set(promised.values()) & rows.keys():
        counts = (examined.get(one), reports.get(one), judged.get(one), uploaded.get(one), audits.get(one))
        if rows[one].state != "done" or one in open_jobs or counts != (1, 1, 1, 1, 1):
            wrong.append(f"{one}: {rows[one].state}, jobs, reports, judged, uploaded, audited {counts}")
    return wrong


def _count(table: object, condition: object = None) -> object:
    query = select(table.c.document_id, func.count()).group_by(table.c.document_id)  # type: ignore[attr-defined]
    return query if condition is None else query.where(condition)


def _per_document(rows: object) -> dict[str, int]:
    return {document: count for document, count in rows}  # type: ignore[attr-defined]
