"""The driver's side of examining: what is known already, what is missing, and recording what comes back, once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from verifier.batch.examining import ToExamine
from verifier.batch.filing import file_part
from verifier.batch.outcome import DIED, Done, error_of
from verifier.batch.shards import Shard
from verifier.batch.sources import Row, read_document, remote_stamp
from verifier.batch.spool import Spool
from verifier.errors import ProcessingError, VerifierError
from verifier.record import Registry
from verifier.store import archive, ledger, repositories
from verifier.store.archive import FiledPart, Filing
from verifier.store.database import Database
from verifier.store.ledger import Failure, Fingerprint
from verifier.store.repositories import StoredDocument

LOOKED_UP_TOGETHER = 200
RETRIED = ("processing_failed", "store_failed")
"""Failures of our side: a new run tries these documents again, a resumed one does not."""


class Known(NamedTuple):
    """What is known of a row: its digest, and the error where nothing was seen."""

    sha256: str
    error: VerifierError | None = None


_NOT_YET = Known("", ProcessingError("not examined"))


class Intake:
    """The rows of one run on their way into the archive. Only the driver has one: only it writes."""

    def __init__(self, rows: Sequence[Row], database: Database, registry: Registry, made_with: str, spool: str) -> None:
        self.known: list[Known] = [_NOT_YET] * len(rows)
        self.done = 0
        self._rows = rows
        self._database = database
        self._registry = registry
        self._made_with = made_with
        self._spool = Spool(spool)
        self._digests: dict[int, str] = {}
        self._handed: dict[str, list[int]] = {}

    def try_failures_again(self) -> None:
        """Forget failures that were not the documents' own."""
        with self._database.transaction() as connection:
            ledger.forget_failures(connection, RETRIED)

    def missing(self) -> Iterator[ToExamine]:
        """Yield what must be examined; everything else becomes known on the way. Each content is yielded once."""
        for start in range(0, len(self._rows), LOOKED_UP_TOGETHER):
            indexes = range(start, min(start + LOOKED_UP_TOGETHER, len(self._rows)))
            digests = self._digests_of(indexes)
            with self._database.transaction() as connection:
                pending = self._look_up(connection, digests)
            for index in pending:
                yield ToExamine(index, self._rows[index].location)

    def _digests_of(self, indexes: range) -> dict[int, str]:
        """Return the digests of rows: of files here by their bytes, of remote ones as the ledger knows them."""
        remote = [i for i in indexes if "://" in self._rows[i].location]
        digests = {i: "" for i in indexes}
        if remote:
            with self._database.transaction() as connection:
                known = ledger.get_fingerprints(connection, (self._rows[i].location for i in remote))
            for i in remote:
                print_ = known.get(self._rows[i].location)
                if print_ is not None and print_.stamp == remote_stamp(print_.location):
                    digests[i] = print_.sha256
        for i in sorted(set(indexes) - set(remote)):
            try:
                digests[i] = hashlib.sha256(read_document(self._rows[i].location)).hexdigest()
            except VerifierError as error:
                self._learn(i, Known("", error))
        return digests

    def _look_up(self, connection: Connection, digests: dict[int, str]) -> list[int]:
        """Return the rows that must be examined; the others are known or wait for the same content."""
        wanted = {sha256 for sha256 in digests.values() if sha256}
        failures = ledger.get_failures(connection, self._made_with, wanted)
        seen = ledger.examined(connection, self._made_with, wanted)
        filed = archive.filed(connection, seen)
        pending = []
        for index, sha256 in digests.items():
            if self.known[index] is not _NOT_YET:
                continue
            if sha256 in failures:
                self._learn(index, Known(sha256, error_of(failures[sha256].code, failures[sha256].detail)))
            elif sha256 in seen:
                if (sha256, self._application(index), self._made_with) not in filed:
                    self._file_stored(connection, index, sha256)
                self._learn(index, Known(sha256))
            elif self._is_first(index, sha256):
                pending.append(index)
        return pending

    def _is_first(self, index: int, sha256: str) -> bool:
        """Note a row under its content; return whether no other row of this run has it."""
        self._digests[index] = sha256
        if not sha256:
            return True
        self._handed.setdefault(sha256, []).append(index)
        return len(self._handed[sha256]) == 1

    def record(self, shard: Shard[ToExamine], answer: tuple[Done, ...] | None) -> None:
        """Record what came of a shard in one transaction; None where its one document stops every worker."""
        if answer is None:
            (item,) = shard.items
            answer = (Done(item.index, self._digests.get(item.index, ""), ProcessingError(DIED)),)
        with self._database.transaction() as connection:
            for done in answer:
                self._record(connection, done)
        self._spool.drop(done.sha256 for done in answer if done.sha256)

    def _record(self, connection: Connection, done: Done) -> None:
        location = self._rows[done.index].location
        if done.sha256:
            ledger.put_fingerprints(connection, [Fingerprint(location, remote_stamp(location), done.sha256)])
        if isinstance(done.outcome, VerifierError):
            error = done.outcome
            if done.sha256:
                failure = Failure(done.sha256, error.code, error.detail)
                ledger.put_failures(connection, self._made_with, [failure])
        else:
            error = None
            row = self._rows[done.index]
            document = StoredDocument(row.name, row.application_number, done.outcome)
            repositories.put_examination(connection, self._made_with, document)
        for index in self._handed.pop(done.sha256, [done.index]):
            if error is None:
                self._file(connection, index, done.filed)
            self._learn(index, Known(done.sha256, error))

    def _file_stored(self, connection: Connection, index: int, sha256: str) -> None:
        """File a document that was examined earlier under this run's application, as it is understood today."""
        parts = repositories.get_examination(connection, sha256, self._made_with, self._database.blobs) or ()
        self._file(connection, index, tuple(file_part(seen, self._registry) for seen in parts))

    def _file(self, connection: Connection, index: int, parts: tuple[FiledPart, ...]) -> None:
        filing = Filing(self._rows[index].name, self._application(index), self._made_with, datetime.now(UTC))
        for part in parts:
            archive.put_entry(connection, part, filing)

    def _application(self, index: int) -> str:
        return self._rows[index].application_number or ""

    def _learn(self, index: int, known: Known) -> None:
        self.known[index] = known
        self.done += 1
