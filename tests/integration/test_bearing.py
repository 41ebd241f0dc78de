"""Which documents are fetched to be compared with one: by shared keys, and by ink that is alike; on both databases."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache

import pytest
from sqlalchemy import delete

from tests.unit.rules import builders as b
from tests.unit.seals.test_prints import impression as drawn
from verifier.examination import Examination
from verifier.record import Maker, Registry
from verifier.store import bearing, repositories
from verifier.store.database import Database
from verifier.store.repositories import StoredDocument
from verifier.store.service_tables import seal_marks

ENGLISH = "Beichen Automobile Manufacturing Co., Ltd."
impression = cache(drawn)
REGISTRY = Registry(registered=(Maker(b.MAKER, ENGLISH),))


def letter(number: int, ink: bytes, issuer: str = b.MAKER) -> Examination:
    """Return a letter that shares nothing with another but its issuer and what is given."""
    seen = b.examination(seals=(b.seal(ink=ink, text=None),))
    own = replace(
        seen.letter,
        issuer=b.field(issuer),
        number=b.field(f"NO-{number}"),
        vehicles=(replace(seen.letter.vehicles[0], vin=b.field(f"LSVTEST0000{number:06d}")),),
    )
    pages = tuple(replace(page, pixels_sha256=digest(f"page {number}")) for page in seen.pages)
    return replace(seen, sha256=digest(f"file {number}"), letter=own, pages=pages)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def archive(any_database: Database) -> Database:
    """Six letters of one maker, each stamped anew; the last one names it in English."""
    with any_database.transaction() as connection:
        for number in range(6):
            seen = letter(number, impression(number), ENGLISH if number == 5 else b.MAKER)
            repositories.put_examination(connection, "v", StoredDocument(f"{number}.pdf", None, (seen,)))
    return any_database


def found(database: Database, seen: Examination) -> set[str]:
    with database.reading() as connection:
        return set(bearing.bearing_on(connection, (seen,), REGISTRY))


@pytest.mark.parametrize("source", [3, 5])
def test_a_turned_copy_of_an_impression_finds_its_source_alone(archive: Database, source: int) -> None:
    copy = letter(50, impression(source, turn=37.0, quality=60))
    assert found(archive, copy) == {digest(f"file {source}")}


def test_another_stamping_of_the_same_seal_fetches_nothing(archive: Database) -> None:
    assert found(archive, letter(50, impression(50))) == set()


def test_a_shared_number_finds_whatever_the_ink(archive: Database) -> None:
    one = letter(50, impression(50))
    same = replace(one, letter=replace(one.letter, number=b.field("NO-2")))
    assert found(archive, same) == {digest("file 2")}


def test_what_an_earlier_version_did_not_mark_is_fetched(archive: Database) -> None:
    with archive.transaction() as connection:
        connection.execute(delete(seal_marks).where(seal_marks.c.sha256.in_([digest("file 4"), digest("file 5")])))
    assert found(archive, letter(50, impression(50))) == {digest("file 4"), digest("file 5")}


def test_a_stored_document_knows_what_bears_on_it(archive: Database) -> None:
    with archive.transaction() as connection:
        copy = letter(50, impression(3, turn=120.0, quality=60))
        repositories.put_examination(connection, "v", StoredDocument("copy.pdf", None, (copy,)))
        assert digest("file 50") in bearing.bearing_on_stored(connection, digest("file 3"))
        assert digest("file 50") not in bearing.bearing_on_stored(connection, digest("file 1"))


def test_ink_is_found_under_the_name_that_an_official_read(archive: Database) -> None:
    copy = letter(50, impression(3, turn=120.0), "别的汽车有限公司")
    assert digest("file 3") not in found(archive, copy)
    with archive.transaction() as connection:
        bearing.add_keys(connection, digest("file 3"), [("issuer", "别的汽车有限公司")])
    assert digest("file 3") in found(archive, copy)
