"""One worker: takes a job, looks at its document, records the report; never more than one document in hand."""

from __future__ import annotations

import logging
import math
import os
import socket
import threading
import time
import traceback
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from verifier.cases import judging
from verifier.cases.judging import Seen
from verifier.errors import ProcessingError, StoreError, VerifierError
from verifier.examination import Examination
from verifier.jobs.alone import examine_alone
from verifier.jobs.examiner import Examiner, MakeExaminer
from verifier.jobs.heart import Heart
from verifier.record import Registry
from verifier.store.database import Database
from verifier.store.documents import DELETED, StoredUpload
from verifier.store.jobs import EXAMINE, TRIES, Job, LostLeaseError

IDLE_SECONDS = 0.05
"""Between two looks for work: a look costs 0.3 ms, and nobody waits noticeably longer for a verdict."""
TROUBLE_SECONDS = 1.0
"""Before the store is tried again after it failed."""
SEEN_SECONDS = 10.0
"""How often a worker says that it is there."""
REST_SECONDS = 60.0
"""On top of the time for looking: to start a process of its own, to compare with others, to record."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Worker:
    """Works through the store's jobs until told to stop."""

    database: Database
    make: MakeExaminer
    timeout_seconds: float
    name: str = field(default_factory=lambda: f"{socket.gethostname()}-{os.getpid()}")
    stopping: threading.Event = field(default_factory=threading.Event)
    control_share: float = 0.0
    """Share of the verified letters that a person judges without knowing the verdict."""
    _examiner: tuple[int, Registry, Examiner] | None = None
    _seen_at: float = -math.inf

    def run(self) -> None:
        """Work until `stopping` is set or the process that started this one is gone."""
        parent = os.getppid()
        self._warm_up()
        while not self.stopping.is_set() and os.getppid() == parent:
            try:
                if not self.work_once():
                    self.stopping.wait(IDLE_SECONDS)
            except LostLeaseError:
                _log.warning("a job was taken over", extra={"worker": self.name})
            except StoreError as error:
                _log.error("the store failed", extra={"worker": self.name, "reason": error.detail})
                self.stopping.wait(TROUBLE_SECONDS)
        self._leave()

    def _warm_up(self) -> None:
        """Load models before the first document waits for them."""
        try:
            self._equipped()
        except StoreError as error:
            _log.error("the store failed", extra={"worker": self.name, "reason": error.detail})

    def work_once(self) -> bool:
        """Work on one job, if there is one; return whether there was. Raises LostLeaseError, StoreError."""
        self._show()
        if not judging.anything_due(self.database):
            return False
        job = judging.take(self.database, self.name)
        if job is None:
            return False
        started = time.monotonic()
        with Heart(self.database, job, self.timeout_seconds + REST_SECONDS):
            self._work(job)
        spent = round(time.monotonic() - started, 3)
        _log.info("job", extra={"job": job.id, "document": job.document_id, "kind": job.kind, "seconds": spent})
        return True

    def _work(self, job: Job) -> None:
        upload = judging.upload_of(self.database, job)
        if upload.state == DELETED:
            judging.drop(self.database, job)
            return
        registry, examiner = self._equipped()
        stored = self._stored(upload, examiner)
        outcome = stored if stored is not None else self._outcome(job, upload, registry, examiner)
        if isinstance(outcome, VerifierError):
            if outcome.retryable and not job.is_alone:
                judging.put_back(self.database, job)
                return
        elif stored is None or job.kind == EXAMINE:
            judging.remember(self.database, job, upload, outcome, examiner.made_with)
        on = datetime.now(ZoneInfo("Asia/Shanghai")).date()
        judging.conclude(self.database, job, Seen(upload, outcome), registry, on, self.name, self.control_share)

    def _stored(self, upload: StoredUpload, examiner: Examiner) -> tuple[Examination, ...] | None:
        """Return what was seen in the same bytes before; None too where that is damaged and must be seen anew."""
        try:
            return judging.stored_examination(self.database, upload, examiner.made_with)
        except StoreError as error:
            _log.error("a stored examination is lost", extra={"document": upload.id, "reason": error.detail})
            return None

    def _outcome(
        self, job: Job, upload: StoredUpload, registry: Registry, examiner: Examiner
    ) -> tuple[Examination, ...] | VerifierError:
        if job.attempts > TRIES:
            return ProcessingError(f"{TRIES} workers ended while they looked at it")
        try:
            document = self.database.blobs.read(upload.sha256)
            if job.is_alone:
                return examine_alone(self.make, registry, document, self.timeout_seconds)
            return examiner.examine(document)
        except VerifierError as error:
            return error
        except Exception as error:  # noqa: BLE001  # the shell's converter: one document must not end the worker
            _log.error("unforeseen", extra={"job": job.id, "reason": type(error).__name__, "where": _where(error)})
            return ProcessingError(f"unforeseen {type(error).__name__}")

    def _equipped(self) -> tuple[Registry, Examiner]:
        """Return today's registry and an examiner that knows it, built anew where seals or lists changed."""
        revision = judging.registry_revision(self.database)
        if self._examiner is None or self._examiner[0] != revision:
            registry = judging.load_registry(self.database)
            if self._examiner is not None:
                self._examiner[2].close()
            self._examiner = (revision, registry, self.make(registry))
        return self._examiner[1], self._examiner[2]

    def _show(self) -> None:
        if time.monotonic() - self._seen_at > SEEN_SECONDS:
            judging.show_worker(self.database, self.name)
            self._seen_at = time.monotonic()

    def _leave(self) -> None:
        if self._examiner is not None:
            self._examiner[2].close()
        try:
            judging.forget_worker(self.database, self.name)
        except StoreError:
            _log.warning("could not sign off", extra={"worker": self.name})


def _where(error: Exception) -> str:
    """Return file and line where an error arose; its message may hold what a document says."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename.rsplit('/', 1)[-1]}:{last.lineno}"
