"""Claims beside records and other documents: which slip is near, which document shares what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.rules import builders as b
from verifier import match
from verifier.history import History
from verifier.letter import Kind
from verifier.record import Maker, Records

VIN = "LSVAA4182E2184847"


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (VIN, False),
        ("LSVAA4182E2184848", True),
        ("LSVAA4182E2184888", True),
        ("LSVAA4182E2185888", False),
        ("XSVAA4182E2184848", True),  # one at either end
        ("LSVAA4182E218484", True),  # the last one lost
        ("SVAA4182E2184847", True),  # the first one lost
        ("LSVAA4182E21848", True),
        ("LSVAA4182E2184", False),
        ("LSVAA4182E218484777", True),
        ("LSVAA4182E2184847777", False),
        ("LSVAA418E21848470", True),  # shifted in the middle, one more at the end
        ("LSVA4182E21848470", True),
        ("XSVA4182E21848470", False),  # both ends differ and all between is shifted
        ("LSVAX4182E218484", True),
        ("LSVXA4182E218484", False),  # neither the beginning nor the end is the same
        ("LSXAA4182E21884847", True),  # the end is the same
        ("LSXAA4182E2188484", False),
    ],
)
def test_a_slip_is_one_or_two_characters(other: str, near: bool) -> None:
    assert match.is_near_miss(VIN, other) is near
    assert match.is_near_miss(other, VIN) is near


def facts(records: Records, application: str | None = None, **changes: object) -> match.Facts:
    """Return the facts on a faultless letter with changed claims."""
    seen = b.examination(letter=b.letter(**changes))
    return match.compare(seen, records, b.registry(), History(), application)


def test_only_vehicles_of_the_letters_applications_are_near() -> None:
    slip = b.vehicle(b.field("LFV2A21J970002021"))
    here, elsewhere = b.record(vin="LFV2A21J970002020"), b.record(vin="LFV2A21J970002022", application_number="AP2")
    found = facts(Records((b.record(), here, elsewhere)), vehicles=(b.vehicle(), slip))
    assert [near.vin for near in found.vehicles[1].near] == [here.vin]
    assert found.applications == ("AP1",)
    alone = facts(Records((here, elsewhere)), vehicles=(slip,))
    assert [near.vin for near in alone.vehicles[0].near] == [here.vin, elsewhere.vin]


def test_in_a_large_register_no_number_is_a_slip_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    slip = b.vehicle(b.field("LFV2A21J970002021"))
    records = Records((b.record(vin="LFV2A21J970002020"), b.record(vin="LFV2A21J970002023")))
    monkeypatch.setattr(match, "NEAR_AMONG", 2)
    assert len(facts(records, vehicles=(slip,)).vehicles[0].near) == 2
    monkeypatch.setattr(match, "NEAR_AMONG", 1)
    assert facts(records, vehicles=(slip,)).vehicles[0].near == ()


def test_one_application_limits_the_records() -> None:
    records = Records((b.record(), b.record(application_number="AP2")))
    assert len(facts(records).vehicles[0].records) == 2
    assert facts(records).applications == ("AP1", "AP2")
    limited = facts(records, "AP2")
    assert [record.application_number for record in limited.vehicles[0].records] == ["AP2"]
    assert limited.applications == ("AP2",)
    assert facts(records, "AP3").applications == ("AP3",)
    assert not facts(Records()).records_given
    assert facts(Records(is_excerpt=True)).records_given


def test_what_a_document_leaves_for_others_to_compare() -> None:
    page = b.page(pixels_sha256="p")
    seen = b.examination(
        pages=(page, b.page(number=2, pixels_sha256="q", lines=())), seals=(b.seal(ink="ink"), b.seal())
    )
    trace = match.trace_of(seen, "a.pdf", ["AP1"], b.registry())
    assert (trace.name, trace.sha256, trace.part_index) == ("a.pdf", "a" * 64, 1)
    assert (trace.number, trace.issuer) == ("BC2026001", "北辰汽车有限公司")
    assert (trace.vins, trace.countries) == ({VIN}, {"KZ"})
    assert (trace.applications, trace.page_pictures, trace.inks) == ({"AP1"}, {"p"}, ("ink",))
    assert trace.kind == Kind.CONFIRMATION_LETTER.value


@pytest.mark.parametrize(
    "change",
    [{"number": b.field("X")}, {"number": None}, {"issuer": None}, {"vehicles": ()}, {"export_countries": ()}],
    ids=lambda change: next(iter(change)),
)
def test_any_other_claim_gives_another_content(change: dict[str, object]) -> None:
    known = b.registry()
    assert match.content_digest(b.letter(), known) != match.content_digest(b.letter(**change), known)


def test_content_is_what_is_claimed_not_how_it_is_written() -> None:
    known = b.registry()
    twin = b.letter(number=b.field("bc 2026〔001〕"), issuer=b.field("BEICHEN AUTOMOBILE CO., LTD."))
    assert match.content_digest(twin, known) == match.content_digest(b.letter(), known)


def test_reuse_tells_who_shares_what() -> None:
    known = b.registry()
    seen = b.examination(pages=(b.page(pixels_sha256="p"),))
    mine = match.trace_of(seen, "a.pdf", ["AP1"], known)
    other = replace(mine, sha256="b" * 64, name="b.pdf")
    documents = {
        "the same file here": mine,
        "the same file elsewhere": replace(mine, applications=frozenset({"AP2"})),
        "the same claims": other,
        "other claims": replace(other, sha256="c" * 64, content="x"),
        "number with other vehicles": replace(other, sha256="d" * 64, vins=frozenset({"X"})),
        "number of another maker": replace(other, sha256="e" * 64, issuer="other", vins=frozenset({"X"})),
        "number of another paper": replace(other, sha256="f" * 64, kind="modification_proof", vins=frozenset({"X"})),
        "vehicle for another country": replace(other, sha256="g" * 64, number="N2", countries=frozenset({"RU"})),
        "vehicle by another maker": replace(other, sha256="h" * 64, number="N3", issuer="other"),
        "vehicle in another application": replace(other, sha256="i" * 64, number="N4", applications=frozenset({"AP2"})),
        "vehicle in another paper": replace(
            other, sha256="j" * 64, number="N5", kind="modification_proof", countries=frozenset({"RU"})
        ),
    }
    named = {trace: name for name, trace in documents.items()}
    history = History.of(tuple(documents.values()), {mine.key: (2, 3)})
    found = match.compare(seen, Records((b.record(),)), known, history, None).reuse
    assert [named[trace] for trace in found.same_file] == ["the same file elsewhere"]
    assert [named[trace] for trace in found.same_picture] == ["other claims"]
    assert [named[trace] for trace in found.same_number] == ["number with other vehicles"]
    assert [named[trace] for trace in found.same_number_and_vins] == ["the same claims", "other claims"]
    assert [named[trace] for trace in found.same_ink] == ["other claims"]
    assert {vin for vin, _ in found.same_vin} == {VIN}
    assert [named[trace] for _, trace in found.same_vin] == [
        "vehicle for another country", "vehicle by another maker", "vehicle in another application",
    ]  # fmt: skip


def test_issuer_is_known_by_any_of_its_names_and_a_unit_by_its_word() -> None:
    known = b.registry(makers=(Maker("北辰集团有限公司", "Beichen Group", (b.MAKER,)),), registered=())
    former = match.match_issuer(b.letter(), known)
    assert former.maker is not None
    assert (former.maker.name, former.by_former_name, former.unit_word) == ("北辰集团有限公司", True, None)
    current = match.match_issuer(b.letter(issuer=b.field("BEICHEN GROUP")), known)
    assert current.maker is former.maker
    assert not current.by_former_name
    unit = match.match_issuer(b.letter(issuer=b.field("北辰汽车销售有限公司")), known)
    assert (unit.maker, unit.by_former_name, unit.unit_word) == (None, False, "销售")
    assert match.match_issuer(b.letter(issuer=None), known) == match.IssuerMatch(None, False, None)
    assert match.issuer_key(b.letter(), known) == "北辰集团有限公司"
    assert match.issuer_key(b.letter(issuer=b.field("某某公司")), known) == "某某公司"
    assert match.issuer_key(b.letter(issuer=None), known) is None


def test_two_papers_for_a_vehicle_of_two_applications_are_of_different_ones() -> None:
    known, seen = b.registry(), b.examination()
    records = Records(tuple(b.record(application_number=number) for number in ("AP1", "AP2")))
    mine = match.trace_of(seen, "a.pdf", ["AP1", "AP2"], known)
    again = replace(mine, sha256="b" * 64, name="b.pdf")
    assert match.compare(seen, records, known, History.of((mine,), {}), None).reuse.same_vin == ()
    assert match.compare(seen, records, known, History.of((mine, again), {}), None).reuse.same_vin == ((VIN, again),)
