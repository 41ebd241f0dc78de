"""The service on a real store of each sort: nothing lost, nothing doubled, whatever dies or races."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from tests.service.office import Office
from tests.service.postgres import Postgres
from tests.service.recorded import DAMAGED, HANGS, KILLS, RAISES, letter, troublesome, vin_of
from tests.unit.rules import builders as b
from verifier import judging, keeping, recording
from verifier.errors import ConfigurationError, IdempotencyConflictError, OverloadedError, ProcessingError, StoreError
from verifier.judging import Seen
from verifier.record import Records
from verifier.store import archive_tables as a
from verifier.store import jobs
from verifier.store import service_tables as t
from verifier.store.database import Database
from verifier.store.jobs import TRIES, TRIES_IN_COMPANY, LostLeaseError

pytestmark = pytest.mark.integration


@pytest.fixture
def office(any_database: Database) -> Office:
    """Return an office with an empty store, of each sort in turn."""
    return Office(any_database)


@pytest.fixture
def embedded(tmp_path: Path) -> Office:
    """Return an office with an embedded store, for what does not depend on the database."""
    return Office(Database(f"sqlite:///{tmp_path}/verifier.db", blobs=tmp_path / "blobs"), timeout_seconds=5.0)


def _count(office: Office, query: object) -> int:
    with office.database.reading() as connection:
        return connection.scalar(query) or 0


def test_what_is_handed_in_is_stored_judged_and_recorded_once(office: Office) -> None:
    content = letter("one")
    (document,) = office.hand_in(content, application="AP1").document_ids
    assert office.database.blobs.read(hashlib.sha256(content).hexdigest()) == content
    assert office.upload(document).state == "queued"

    office.work()

    upload = office.upload(document)
    assert (upload.state, upload.verdict, upload.report_version) == ("done", "flagged", 1)
    assert office.report(document)["fields"]["vehicles"][0]["vin"]["value"] == vin_of(content)
    with office.database.reading() as connection:
        told = list(connection.scalars(select(t.events.c.type).order_by(t.events.c.id)))
        acts = list(connection.scalars(select(t.audit.c.act).order_by(t.audit.c.id)))
    assert told == ["uploaded", "started", "judged"]
    assert acts == ["uploaded", "judged"]


def test_the_same_key_never_uploads_twice(office: Office) -> None:
    first = office.hand_in(letter("a"), key="k")
    again = office.hand_in(letter("a"), key="k")
    assert again.repeated
    assert again.document_ids == first.document_ids
    with pytest.raises(IdempotencyConflictError):
        office.hand_in(letter("b"), key="k")
    assert _count(office, select(func.count()).select_from(t.documents)) == 1


def test_the_same_key_sent_at_once_by_many_uploads_once(office: Office) -> None:
    with ThreadPoolExecutor(8) as pool:
        accepted = list(pool.map(lambda _: office.hand_in(letter("a"), key="k"), range(16)))
    assert len({one.document_ids for one in accepted}) == 1
    assert _count(office, select(func.count()).select_from(t.documents)) == 1


def test_several_files_are_one_batch_or_nothing(office: Office) -> None:
    accepted = office.hand_in(letter("a"), letter("b"), letter("a"))
    assert len(set(accepted.document_ids)) == 3
    assert accepted.batch_id is not None
    with pytest.raises(OverloadedError):
        office.hand_in(letter("c"), letter("d"), most_waiting=3)
    assert _count(office, select(func.count()).select_from(t.documents)) == 3


def test_a_job_is_held_by_one_worker(office: Office) -> None:
    office.hand_in(*(letter(str(n)) for n in range(12)))

    def take(number: int) -> list[int]:
        return [job.id for job in iter(lambda: judging.take(office.database, f"w{number}"), None)]

    with ThreadPoolExecutor(4) as pool:
        taken = [job for some in pool.map(take, range(4)) for job in some]
    assert len(taken) == 12
    assert len(set(taken)) == 12


def test_what_a_worker_without_its_lease_concludes_is_refused(office: Office) -> None:
    (document,) = office.hand_in(letter("a")).document_ids
    with office.database.transaction() as connection:
        slow = jobs.lease(connection, "slow", seconds=-1.0)
    assert slow is not None
    office.work()
    before = office.upload(document)
    registry = judging.load_registry(office.database)
    seen = Seen(before, ProcessingError("late"))
    for write in (
        lambda: judging.conclude(office.database, slow, seen, registry, b.ON, "slow"),
        lambda: judging.remember(office.database, slow, before, (b.examination(),), "recorded"),
        lambda: judging.put_back(office.database, slow),
    ):
        with pytest.raises(LostLeaseError):
            write()
    assert office.upload(document) == before
    assert _count(office, select(func.count()).select_from(t.reports)) == 1


def test_a_document_whose_workers_never_come_back_ends_without_verdict(office: Office) -> None:
    (document,) = office.hand_in(letter("a")).document_ids
    for number in range(TRIES):
        with office.database.transaction() as connection:
            job = jobs.lease(connection, f"w{number}", seconds=-1.0)
        assert job is not None
        assert job.is_alone == (number >= TRIES_IN_COMPANY)
    office.work()
    upload = office.upload(document)
    assert (upload.state, upload.verdict, upload.error_code) == ("done", None, "processing_failed")
    assert office.report(document)["error"]["retryable"] is True


def test_a_damaged_file_is_unreadable_at_once(office: Office) -> None:
    (document,) = office.hand_in(troublesome(DAMAGED)).document_ids
    office.work()
    assert office.upload(document).verdict == "unreadable"
    assert _count(office, select(t.jobs.c.attempts)) == 1


@pytest.mark.parametrize("trouble", [RAISES, KILLS, HANGS], ids=["raises", "kills", "hangs"])
def test_poison_is_looked_at_alone_and_then_named(embedded: Office, trouble: bytes) -> None:
    poison, honest = embedded.hand_in(troublesome(trouble), letter("a")).document_ids
    if trouble is not RAISES:  # in company it would take this very process with it
        with embedded.database.transaction() as connection:
            connection.execute(update(t.jobs).where(t.jobs.c.document_id == poison).values(attempts=TRIES_IN_COMPANY))
    embedded.work()
    upload = embedded.upload(poison)
    assert (upload.state, upload.verdict, upload.error_code) == ("done", None, "processing_failed")
    assert embedded.upload(honest).verdict == "flagged"
    query = select(t.jobs.c.attempts).where(t.jobs.c.document_id == poison)
    assert _count(embedded, query) == TRIES_IN_COMPANY + 1


def test_the_same_letter_for_another_application_fails_on_both(office: Office) -> None:
    (first,) = office.hand_in(letter("a"), application="AP1").document_ids
    office.work()
    assert "document.duplicate" not in office.failing(first)
    (second,) = office.hand_in(letter("a"), application="AP2").document_ids
    office.work()
    assert "document.duplicate" in office.failing(second)
    assert "document.duplicate" in office.failing(first)
    assert office.upload(first).report_version == 2


def test_two_letters_judged_at_once_see_one_another(office: Office) -> None:
    """The second to be remembered finds the first, although neither had a report."""
    first, second = (
        office.hand_in(letter("a")).document_ids + office.hand_in(letter("a"), application="AP2").document_ids
    )
    with office.database.transaction() as connection:
        connection.execute(update(t.documents).where(t.documents.c.id == first).values(application_number="AP1"))
    workers = [Office(office.database).worker for _ in range(2)]
    threads = [threading.Thread(target=worker.work_once) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    office.work()
    assert all("document.duplicate" in office.failing(one) for one in (first, second))


def test_records_that_come_later_lead_to_another_judgement(office: Office) -> None:
    content = letter("a")
    (document,) = office.hand_in(content).document_ids
    office.work()
    assert "record.found" in office.failing(document)
    recording.put_records(office.database, Records((b.record(vin=vin_of(content)),)), "tester")
    office.work()
    assert "record.found" not in office.failing(document)
    assert office.report(document)["applications"] == ["AP1"]


def test_deletion_removes_the_content_and_keeps_hash_verdict_and_audit(office: Office) -> None:
    content = letter("secret")
    (document,) = office.hand_in(content, application="AP-secret").document_ids
    office.work()
    assert len(list(office.database.blobs.every())) == 3

    keeping.delete_document(office.database, document, "tester")
    keeping.delete_document(office.database, document, "tester")  # twice is once

    assert list(office.database.blobs.every()) == []
    upload = office.upload(document)
    assert (upload.state, upload.name, upload.application_number) == ("deleted", None, None)
    assert (upload.verdict, upload.sha256) == ("flagged", hashlib.sha256(content).hexdigest())
    with office.database.reading() as connection:
        acts = list(connection.scalars(select(t.audit.c.act).order_by(t.audit.c.id)))
        details = " ".join(connection.scalars(select(t.audit.c.detail)))
        assert connection.scalar(select(func.count()).select_from(t.trace_keys)) == 0
    assert acts == ["uploaded", "judged", "deleted"]
    assert "secret" not in details


def test_deletion_reaches_every_table_that_was_made_from_the_content(embedded: Office) -> None:
    content = letter("secret")
    (document,) = embedded.hand_in(content).document_ids
    embedded.work()
    sha256 = hashlib.sha256(content).hexdigest()
    with embedded.database.transaction() as connection:
        connection.execute(a.fingerprints.insert().values(location="/in/letter.pdf", stamp="1", sha256=sha256))
        entry = {"sha256": sha256, "part_index": 1, "application": "", "name": "letter.pdf", "made_with": "m"}
        entry |= {"id": 7, "maker": "", "specimens": "", "examined_at": datetime.now(UTC), "claims": b""}
        connection.execute(a.archive_entries.insert().values(entry))
        connection.execute(a.reuse_keys.insert().values(key=1, entry=7))
        connection.execute(a.ink_pairs.insert().values(one=6, other=7, likeness=1.0))
    keeping.delete_document(embedded.database, document, "tester")
    with embedded.database.reading() as connection:
        for table in (a.fingerprints, a.archive_entries, a.reuse_keys, a.ink_pairs, t.trace_keys):
            assert connection.scalar(select(func.count()).select_from(table)) == 0, table.name


def test_deletion_leaves_what_another_document_needs(office: Office) -> None:
    first, second = office.hand_in(letter("a")).document_ids + office.hand_in(letter("a")).document_ids
    office.work()
    keeping.delete_document(office.database, first, "tester")
    assert office.database.blobs.read(office.upload(second).sha256) == letter("a")
    office.report(second)


def test_an_upload_races_the_deletion_of_the_same_bytes_and_keeps_its_file(office: Office) -> None:
    content = letter("a")
    (old,) = office.hand_in(content).document_ids
    office.work()
    for _ in range(10):
        with ThreadPoolExecutor(2) as pool:
            deleting = pool.submit(keeping.delete_document, office.database, old, "tester")
            (new,) = pool.submit(office.hand_in, content).result().document_ids
            deleting.result()
        assert office.database.blobs.read(office.upload(new).sha256) == content
        old = new


def test_what_a_crash_left_of_a_deletion_is_removed_later(office: Office) -> None:
    (document,) = office.hand_in(letter("a")).document_ids
    sha256 = office.upload(document).sha256
    with office.database.transaction() as connection:
        connection.execute(update(t.blobs).values(removed_at=1.0))
    assert keeping.tidy(office.database) == 1
    assert not office.database.blobs.holds(sha256)


def test_retention_deletes_what_is_old_and_judged(office: Office) -> None:
    old, young, waiting = (office.hand_in(letter(name)).document_ids[0] for name in "abc")
    with office.database.transaction() as connection:
        connection.execute(update(t.documents).where(t.documents.c.id.in_([old, waiting])).values(uploaded_at=1.0))
        connection.execute(update(t.jobs).where(t.jobs.c.document_id == waiting).values(not_before=4e9))
    while office.worker.work_once():
        pass
    assert keeping.delete_older(office.database, 30, "tester") == 1
    states = [office.upload(one).state for one in (old, young, waiting)]
    assert states == ["deleted", "done", "queued"]


Target = Callable[[Path, Postgres], Database]


def _to_sqlite(folder: Path, _: Postgres) -> Database:
    return Database(f"sqlite:///{folder}/restored.db", blobs=folder / "restored")


def _to_postgres(folder: Path, server: Postgres) -> Database:
    return Database(server.fresh(), blobs=folder / "restored")


@pytest.mark.parametrize("target", [_to_sqlite, _to_postgres], ids=["into sqlite", "into postgresql"])
def test_backup_comes_back_whole(office: Office, tmp_path: Path, postgres: Postgres, target: Target) -> None:
    judged, deleted = office.hand_in(letter("a"), letter("b")).document_ids
    office.work()
    keeping.delete_document(office.database, deleted, "tester")
    (waiting,) = office.hand_in(letter("c")).document_ids
    judging.take(office.database, "a worker that is not there when it comes back")

    saved = keeping.back_up(office.database, tmp_path / "backup")
    restored = Office(target(tmp_path, postgres))
    assert keeping.restore(restored.database, tmp_path / "backup") == saved

    assert restored.upload(judged) == office.upload(judged)
    assert restored.report(judged) == office.report(judged)
    assert restored.upload(deleted) == office.upload(deleted)
    (new,) = restored.hand_in(letter("d")).document_ids  # numbers go on from where they were
    restored.work()
    assert [restored.upload(one).verdict for one in (waiting, new)] == ["flagged", "flagged"]
    with pytest.raises(ConfigurationError, match="not empty"):
        keeping.restore(restored.database, tmp_path / "backup")


def test_an_altered_backup_is_refused(embedded: Office, tmp_path: Path) -> None:
    embedded.hand_in(letter("a"))
    keeping.back_up(embedded.database, tmp_path / "backup")
    (file,) = (tmp_path / "backup" / "blobs").glob("??/??/*")
    file.write_bytes(b"altered")
    target = Database(f"sqlite:///{tmp_path}/new.db", blobs=tmp_path / "new")
    with pytest.raises(StoreError, match="altered"):
        keeping.restore(target, tmp_path / "backup")
    with target.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(t.documents)) == 0
