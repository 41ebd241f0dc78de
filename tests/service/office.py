"""A service without its web server: files handed in, jobs worked on by the recorded reader."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import update

from tests.service.recorded import recorded_examiner
from verifier.cases.submissions import Accepted, Arrived, Submission, submit
from verifier.jobs.worker import Worker
from verifier.store import documents as uploads
from verifier.store import results
from verifier.store import service_tables as t
from verifier.store.database import Database
from verifier.store.documents import StoredUpload


@dataclass
class Office:
    """Hands in, works, looks."""

    database: Database
    timeout_seconds: float = 20.0
    worker: Worker = field(init=False)

    def __post_init__(self) -> None:
        self.worker = Worker(self.database, recorded_examiner, self.timeout_seconds)

    def hand_in(
        self, *contents: bytes, key: str | None = None, application: str | None = None, most_waiting: int = 100
    ) -> Accepted:
        """Submit files as a request does."""
        files = tuple(Arrived(self.database.blobs.sealed(c), "letter.pdf", "application/pdf") for c in contents)
        try:
            submission = Submission(files, "office", "tester", application, key)
            return submit(self.database, submission, most_waiting=most_waiting)
        finally:
            for one in files:
                one.file.forget()

    def work(self) -> None:
        """Work until nothing waits; pauses between tries are skipped."""
        while True:
            with self.database.transaction() as connection:
                connection.execute(update(t.jobs).where(t.jobs.c.state == "waiting").values(not_before=0.0))
            if not self.worker.work_once():
                return

    def upload(self, document_id: str) -> StoredUpload:
        """Return a document's row."""
        with self.database.reading() as connection:
            return uploads.get_upload(connection, document_id)

    def report(self, document_id: str) -> dict[str, Any]:
        """Return a document's newest report."""
        with self.database.reading() as connection:
            blob = results.get_report(connection, document_id).blob
        assert blob is not None
        report: dict[str, Any] = json.loads(results.read_reports(self.database.blobs, blob))[0]
        return report

    def failing(self, document_id: str) -> set[str]:
        """Return the checks that fail in a document's newest report."""
        return {check["id"] for check in self.report(document_id)["checks"] if check["outcome"] == "fail"}
