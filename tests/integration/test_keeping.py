"""Deletion, retention, backup and restore on a real store of each sort."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from tests.service.office import Office
from tests.service.postgres import Postgres
from tests.service.recorded import letter
from verifier.cases import judging, keeping
from verifier.errors import ConfigurationError, StoreError
from verifier.store import archive_tables as a
from verifier.store import people_tables as p
from verifier.store import service_tables as t
from verifier.store.database import Database

pytestmark = pytest.mark.integration


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


def test_an_exporter_whose_key_is_smaller_than_its_office_s_comes_back(office: Office, tmp_path: Path) -> None:
    # keys of one millisecond stand in any order
    rows = [
        {"id": "b", "name": "南方商务局", "kind": "office", "office_id": None, "created_at": 1.0},
        {"id": "a", "name": "南方贸易有限公司", "kind": "exporter", "office_id": "b", "created_at": 1.0},
    ]
    with office.database.transaction() as connection:
        for row in rows:
            connection.execute(p.organisations.insert().values(row))
    keeping.back_up(office.database, tmp_path / "saved")
    restored = Database(f"sqlite:///{tmp_path}/restored.sqlite3")
    keeping.restore(restored, tmp_path / "saved")
    with restored.reading() as connection:
        assert {"a", "b"} <= set(connection.scalars(select(p.organisations.c.id)))
