"""Work to be done, kept in the same database as what it is about: leased, renewed, fenced.

A worker holds a job until `leased_until`; who does not renew loses it, and what a loser still writes is
refused by its old `token`. Recording a result and acknowledging the job are one transaction (`finish` in the
caller's), so a job ends exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from verifier.errors import ProcessingError
from verifier.store import service_tables as t
from verifier.store.clock import now
from verifier.store.upsert import insert_into

LEASE_SECONDS = 20.0
"""How long a silent worker keeps a job: ten heartbeats, far above any pause of a loaded machine."""
LONGEST_LEASE_SECONDS = 2 * LEASE_SECONDS
"""What ends later was leased before the clock was set back; its holder's writes are refused if it lives."""
TRIES_IN_COMPANY = 2
"""A document that ended its worker this often is looked at alone."""
TRIES = 20
"""A document whose worker never came back this often gets no verdict and says so. From the third try on the document
is in a process of its own, so a worker that dies then was killed by something else."""
RETRY_SECONDS = 2.0
"""First pause before a failed job is tried again; doubles with each try."""
EXAMINE, JUDGE = "examine", "judge"


class LostLeaseError(ProcessingError):
    """Another worker has the job now; what this one did is dropped."""

    code = "lease_lost"
    cause = "another worker took over the job"
    cause_zh = "该任务已由其他进程接手"


@dataclass(frozen=True, slots=True)
class Job:
    """A job in this worker's hands."""

    id: int
    document_id: str
    kind: str
    attempts: int
    """This one included."""
    token: int

    @property
    def is_alone(self) -> bool:
        """Whether the document must be looked at in a process of its own."""
        return self.attempts > TRIES_IN_COMPANY

    @property
    def is_last(self) -> bool:
        """Whether there is no further try."""
        return self.attempts >= TRIES


def enqueue(connection: Connection, document_id: str, kind: str, at: float) -> None:
    """Add a job."""
    values = {"document_id": document_id, "kind": kind, "state": "waiting", "attempts": 0, "token": 0}
    connection.execute(insert(t.jobs).values(values | {"not_before": at, "created_at": at}))


def enqueue_judgement(connection: Connection, document_id: str, at: float) -> None:
    """Add a job that judges a document again, unless one waits already."""
    waiting = select(t.jobs.c.id).where(t.jobs.c.document_id == document_id, t.jobs.c.state == "waiting")
    if connection.execute(waiting.limit(1)).first() is None:
        enqueue(connection, document_id, JUDGE, at)


def take_judgement(connection: Connection, document_id: str, worker: str) -> Job:
    """Return a new job that judges a document again, in this worker's hands from the start."""
    at = now(connection)
    values = {"document_id": document_id, "kind": JUDGE, "state": "leased", "attempts": 1, "token": 1}
    held = {"worker": worker, "leased_until": at + LEASE_SECONDS, "not_before": at, "created_at": at}
    number = connection.execute(insert(t.jobs).values(values | held).returning(t.jobs.c.id)).scalar_one()
    return Job(int(number), document_id, JUDGE, 1, 1)


def lease(connection: Connection, worker: str, seconds: float = LEASE_SECONDS) -> Job | None:
    """Return the oldest job that is due or was let fall, now held by `worker`; None where there is none.

    A job that was let fall `TRIES` times is returned once more, `attempts` above TRIES: it must be given up.
    """
    at = now(connection)
    query = select(t.jobs).where(_due(at)).order_by(t.jobs.c.id).limit(1).with_for_update(skip_locked=True)
    row = connection.execute(query).first()
    if row is None:
        return None
    held = {"state": "leased", "worker": worker, "leased_until": at + seconds}
    counted = {"attempts": row.attempts + 1, "token": row.token + 1}
    connection.execute(update(t.jobs).where(t.jobs.c.id == row.id).values(held | counted))
    return Job(row.id, row.document_id, row.kind, row.attempts + 1, row.token + 1)


def is_due(connection: Connection) -> bool:
    """Return whether a job is due or was let fall."""
    query = select(t.jobs.c.id).where(_due(now(connection))).limit(1)
    return connection.execute(query).first() is not None


def _due(at: float) -> ColumnElement[bool]:
    """Return which jobs are due; a clock that was set back holds none: nothing was made, or leased, hours from now."""
    rested = (t.jobs.c.not_before <= at) | (t.jobs.c.created_at > at)
    let_fall = (t.jobs.c.leased_until < at) | (t.jobs.c.leased_until > at + LONGEST_LEASE_SECONDS)
    return or_((t.jobs.c.state == "waiting") & rested, (t.jobs.c.state == "leased") & let_fall)


def renew(connection: Connection, job: Job, seconds: float = LEASE_SECONDS) -> None:
    """Hold the job longer; raises LostLeaseError where it is no longer ours."""
    _change(connection, job, leased_until=now(connection) + seconds)


def finish(connection: Connection, job: Job) -> None:
    """Acknowledge the job, in the transaction that records its result; raises LostLeaseError."""
    _change(connection, job, state="done", finished_at=now(connection), leased_until=None)


def confirm(connection: Connection, job: Job) -> None:
    """Raise LostLeaseError unless the job is still ours; it stays so to the end of the transaction."""
    _change(connection, job, state="leased")


def retry(connection: Connection, job: Job) -> None:
    """Put a job that failed back, to be tried after a pause; raises LostLeaseError."""
    pause = RETRY_SECONDS * 2 ** (job.attempts - 1)
    _change(connection, job, state="waiting", not_before=now(connection) + pause, leased_until=None)


def release(connection: Connection, job: Job) -> None:
    """Put a job back untouched, the try uncounted: its worker was asked to stop; raises LostLeaseError."""
    _change(connection, job, state="waiting", attempts=job.attempts - 1, leased_until=None)


def _change(connection: Connection, job: Job, **values: object) -> None:
    mine = (t.jobs.c.id == job.id) & (t.jobs.c.token == job.token) & (t.jobs.c.state == "leased")
    if connection.execute(update(t.jobs).where(mine).values(**values)).rowcount != 1:
        raise LostLeaseError


@dataclass(frozen=True, slots=True)
class Load:
    """How much waits: jobs, the age of the oldest in seconds, and workers seen lately."""

    waiting: int
    leased: int
    oldest_seconds: float
    workers: int


WORKER_SEEN_SECONDS = 30.0
"""A worker that was silent for longer is not counted."""


def load(connection: Connection) -> Load:
    """Return how much waits."""
    at = now(connection)
    open_ = select(t.jobs.c.state, func.count(), func.min(t.jobs.c.created_at)).where(t.jobs.c.state != "done")
    counted = {state: (count, oldest) for state, count, oldest in connection.execute(open_.group_by(t.jobs.c.state))}
    waiting, oldest = counted.get("waiting", (0, None))
    seen = select(func.count()).where(t.workers.c.seen_at > at - WORKER_SEEN_SECONDS)
    workers = connection.scalar(seen) or 0
    return Load(waiting, counted.get("leased", (0, None))[0], at - oldest if oldest else 0.0, workers)


def see_worker(connection: Connection, name: str) -> None:
    """Note that a worker is alive."""
    at = now(connection)
    row = insert_into(connection, t.workers).values(name=name, seen_at=at)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"seen_at": at}))


def forget_worker(connection: Connection, name: str) -> None:
    """Note that a worker left."""
    connection.execute(t.workers.delete().where(t.workers.c.name == name))
