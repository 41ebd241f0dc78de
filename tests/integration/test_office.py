"""What of the archive bears on documents just read, and the same ink found there."""

from dataclasses import replace

from tests.unit.rules import builders as b
from tests.unit.seals.test_prints import impression
from verifier.cases import office
from verifier.record import Records
from verifier.seals.prints import ink_key_of, print_of
from verifier.second_pass import Examined, judge_documents
from verifier.store import repositories

OTHER_VIN = "LFV2A21J970002020"
ELSEWHERE = "1M8GDM9AXKP042788"


def sealed(sha256, number, vin, ink, issuer=b.MAKER):
    """Return a letter of its own content whose seal has this ink."""
    seal = replace(b.seal(), ink=ink, text=issuer)
    letter = b.letter(number=b.field(number), vehicles=(b.vehicle(b.field(vin)),), issuer=b.field(issuer))
    page = b.page(pixels_sha256=sha256)
    return b.examination(sha256=sha256, letter=letter, seals=(seal,), pages=(page,))


def filed(database, *parts):
    documents = [repositories.StoredDocument(f"{part.sha256[0]}.pdf", None, (part,)) for part in parts]
    office.remember(database, "made with this", documents)


def test_only_what_could_bear_on_a_document_is_fetched(any_database):
    mine = sealed("a" * 64, "BC-1", b.VIN, b"")
    same_vehicle = sealed("b" * 64, "BC-2", b.VIN, b"")
    same_maker = sealed("c" * 64, "BC-3", OTHER_VIN, impression(1))
    nothing_shared = sealed("d" * 64, "QT-9", ELSEWHERE, impression(2), issuer="奇途汽车有限公司")
    filed(any_database, same_vehicle, same_maker, nothing_shared)
    found = office.related(any_database, [replace(mine, seals=same_maker.seals)], b.registry())
    assert {one.seen.sha256[0] for one in found} == {"b", "c"}


def test_the_same_ink_on_a_paper_of_the_archive_is_found(any_database):
    filed(
        any_database,
        sealed("b" * 64, "BC-2", OTHER_VIN, impression(3)),
        sealed("c" * 64, "BC-3", ELSEWHERE, impression(4)),
    )
    mine = sealed("a" * 64, "BC-1", b.VIN, impression(3, turn=20.0))
    archive = office.related(any_database, [mine], b.registry())
    (report,) = judge_documents([Examined("a.pdf", mine)], archive, Records((b.record(),)), b.registry(), b.ON)
    (row,) = b.rows(report, "seal.reuse")
    assert (row.outcome.value, row.found) == ("fail", "b.pdf")


def test_a_stored_key_stands_for_the_ink_it_was_worked_out_from():
    ink = impression(5)
    seal = replace(b.seal(), ink=ink)
    assert ink_key_of(seal) == print_of(ink)
    assert ink_key_of(replace(seal, ink_key=b"kept")) == b"kept"
    assert ink_key_of(b.seal()) is None
