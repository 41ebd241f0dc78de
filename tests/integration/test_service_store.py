"""The service on a real store of each sort: nothing lost, nothing doubled, whatever dies or races."""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, update

from tests.service.office import Office
from tests.service.recorded import DAMAGED, HANGS, KILLS, RAISES, letter, troublesome, vin_of
from tests.unit.rules import builders as b
from verifier.cases import judging, recording
from verifier.cases.judging import Seen
from verifier.errors import IdempotencyConflictError, OverloadedError, ProcessingError
from verifier.record import Records
from verifier.store import jobs
from verifier.store import service_tables as t
from verifier.store.jobs import TRIES, TRIES_IN_COMPANY, LostLeaseError

pytestmark = pytest.mark.integration


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
