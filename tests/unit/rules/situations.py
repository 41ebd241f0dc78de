"""Situations that rules are tried in, by name: everything that the other tests break, and what nothing else reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from tests.unit.rules import builders as b
from tests.unit.rules import test_applications, test_certificate, test_modification, test_rules
from tests.unit.rules.test_signing import signed
from verifier.errors import DamagedFileError, ProcessingError
from verifier.examination import Examination, Finding, Likeness, SealComparison
from verifier.history import History
from verifier.letter import Kind, Letter, Reading, ServiceOutlet
from verifier.match import trace_of
from verifier.page import Colour, Source
from verifier.record import Maker
from verifier.report import ApplicationReport, Report
from verifier.rules import error_report

Judged = Callable[[], Report | ApplicationReport]
OTHER_VIN = "LFV2A21J970002020"
RUSSIA = ServiceOutlet(name=b.field("Moskva Servis"), address=b.field("Tverskaya 1"), country=b.field("RU"))
REUSED = {
    "page picture": {"page_pictures": frozenset({"p"}), "content": "x"},
    "number": {"vins": frozenset({OTHER_VIN})},
    "VIN": {"countries": frozenset({"RU"})},
    "seal": {"content": "x"},
    "number and VINs": {"page_pictures": frozenset({"q"})},
}
COPY = b.seal(comparison=SealComparison(b.MAKER, "specimen", Likeness.SAME, "matches", 0.99, die=0.9, uneven=0.005))
SIGNED = ("trusted", "untrusted", "altered", "cannot_tell")
FINDINGS = (
    "layer_conflict", "layer_unreadable", "hidden_text", "homoglyph", "homoglyph_in_scan", "parser_conflict",
    "annotation", "overlay", "structure_unreadable", "revision", "active_content", "javascript", "embedded_file",
    "tampering",
)  # fmt: skip


def letter(**changes: object) -> Letter:
    """Return a letter whose every field says something else where it stands."""
    return b.letter(**changes)


def seen(**changes: object) -> Judged:
    """Return the judgement of a letter with changed claims."""
    return lambda: b.judge(b.examination(letter=letter(**changes)))


def sealed(**changes: object) -> Judged:
    """Return the judgement of a letter with a changed seal."""
    return lambda: b.judge(b.examination(seals=(b.seal(**changes),)))


def vehicle(**changes: object) -> Judged:
    """Return the judgement of a letter whose vehicle says something else."""
    return seen(vehicles=(b.vehicle(**changes),))


def recorded(**changes: object) -> Judged:
    """Return the judgement of a faultless letter beside another record."""
    return lambda: b.judge(records=(b.record(**changes),))


def found(code: str, field: str | None = None, **changes: object) -> Judged:
    """Return the judgement of a letter in whose file something was found."""
    finding = replace(Finding(code, 1, b.BOX, "text", "shown", field), **changes)
    return lambda: b.judge(b.examination(findings=(finding,)))


def reused(change: dict[str, object]) -> Judged:
    """Return the judgement of a letter that shares something with another document."""

    def judged() -> Report:
        mine = b.examination(pages=(b.page(pixels_sha256="p"),))
        trace = trace_of(mine, "b.pdf", ["AP1"], b.registry())
        history = History.of((replace(trace, sha256="b" * 64, **change),), {(mine.sha256, 1): (0,)})
        return b.judge(mine, history=history)

    return judged


def elsewhere() -> Report:
    """Return the judgement of a file that was filed under another application."""
    mine = trace_of(b.examination(), "a.pdf", ["AP1"], b.registry())
    return b.judge(history=History.of((replace(mine, applications=frozenset({"AP2"})),)))


def situations() -> Iterator[tuple[str, Judged]]:
    """Yield every situation with its name; a name that comes again gets a number by the test."""
    yield "letter, faultless", b.judge
    yield "proof, faultless", test_modification.judge
    yield "certificate, faultless", lambda: b.judge(test_certificate.certificate())
    yield from ((f"letter: {identity} {outcome}", broken) for identity, outcome, broken in test_rules.CASES)
    yield from ((f"proof: {identity} {outcome}", broken) for identity, outcome, broken in test_modification.CASES)
    for identity, outcome, one in test_certificate.CASES:
        yield f"certificate: {identity} {outcome}", lambda one=one: b.judge(one)
    yield from ((f"reused: {what}", reused(change)) for what, change in REUSED.items())
    yield "filed under another application", elsewhere
    for field in (None, "vin"):
        yield from ((f"found: {code}, {field}", found(code, field)) for code in FINDINGS)
    for signer in (b.MAKER, test_rules.OTHER):
        for status in SIGNED:
            yield f"signed: {status} {signer}", lambda s=status, who=signer: b.judge(signed((s, who)))
    yield "signed, the letter names nobody", lambda: b.judge(signed(("trusted", b.MAKER), letter=letter(issuer=None)))
    yield "found: hidden_text, in the whole file", found("hidden_text", page=None)
    yield from _letters()
    yield from _seals()
    yield from _records()
    yield from _applications()
    for error in (DamagedFileError("broken"), ProcessingError("stopped")):
        yield f"not examined: {error.code}", lambda e=error: error_report(
            e, b.registry(), b.ON, name="a.pdf", sha256="e" * 64, media_type="image/png"
        )  # fmt: skip


def _letters() -> Iterator[tuple[str, Judged]]:
    yield "no country but a region", seen(
        export_country=None, export_countries=(), mislabelled_country=b.field("Central Asia")
    )  # fmt: skip
    two = (b.field("KZ"), b.field("RU"))
    yield "two countries", seen(export_countries=two)
    yield "two countries, an outlet in each", seen(export_countries=two, outlets=(*letter().outlets, RUSSIA))
    yield "outlets in two countries, one asked for", seen(outlets=(*letter().outlets, RUSSIA))
    yield "no country, outlets incomplete", seen(
        export_country=None, export_countries=(), outlets=(ServiceOutlet(name=b.field("A")),)
    )  # fmt: skip
    yield "vehicles counted rightly", seen(stated_vehicle_count=b.field("1"))
    yield "pages without a gap", seen(page_claims=(b.field("1/1"),))
    yield "valid until later", seen(valid_until=b.field("2026-12-31"))
    yield "valid until the day", seen(valid_until=b.field("2026-02-01"))
    yield "ended before it was received", seen(valid_until=b.field("2026-01-31"))
    yield "date that may be another", seen(issued_on=b.field("2026-01-20", doubt="ambiguous"))
    yield "date beside a later one", seen(issued_on=b.field("2026-01-20", doubt="conflict"))
    yield "numbered in another year", seen(number=b.field("沪服函〔2025〕12号"), issued_on=b.field("2026-01-20"))
    yield "numbered in a year to come", seen(number=b.field("沪服函〔2027〕12号"))
    yield "issued before the registration", seen(issued_on=b.field("2025-12-01"))
    yield "issued on the day of receipt", seen(issued_on=b.field("2026-02-01"))
    yield "issued after the application", lambda: b.judge(
        b.examination(letter=letter(issued_on=b.field("2026-01-26"))), (b.record(received_on=None),)
    )  # fmt: skip
    yield "no number", seen(number=None)
    yield "no vehicles, no seal", lambda: b.judge(b.examination(letter=letter(vehicles=()), seals=()))
    conflict = b.field(b.MAKER, doubt="conflict", readings=(Reading(test_rules.OTHER, 0.9, Source.TEXT_LAYER),))
    yield "issuer read in two ways", seen(issuer=conflict)
    former = (Maker("北辰集团有限公司", former_names=(b.MAKER,)),)
    yield "issuer by its former name", lambda: b.judge(known=b.registry(makers=former, registered=former))
    for name, changes in (("ended", {"valid_to": date(2025, 1, 1)}), ("to come", {"valid_from": date(2026, 6, 1)})):
        listed = (Maker(b.MAKER, **changes),)
        yield f"listing {name}", lambda m=listed: b.judge(known=b.registry(makers=m, registered=m))
    for colour, digital in ((Colour.BILEVEL, False), (Colour.COLOUR, True)):
        page = b.page(colour=colour, born_digital=digital)
        yield f"page {colour.value}, drawn {digital}", lambda p=page: b.judge(b.examination(pages=(p,)))
    yield "page without text", lambda: b.judge(b.examination(pages=(b.page(), b.page(number=2, lines=()))))
    yield "value changed by a later revision", found("revision", detail="field x became y")
    yield "scan cut by its page", found("cut_picture", text="30 mm", detail="bottom")
    yield "print under transparent places", found("see_through")
    yield "scan laid over another", found("stacked_scan")
    yield "form field that hides a part of a scan", found("form_field", text="", detail="widget changes")
    yield "letter that is silent on service", seen(says_no_service=True)
    yield "letter not in force yet", seen(valid_from=b.field("2031-01-01"))
    yield "vehicle struck through", found("struck", "vehicles[0].vin")
    yield "paper wiped even", found("wiped")
    yield "other paper about a seal", found("slip")
    yield "revision of unknown change", found("revision", detail="cannot compare", text="")


def _seals() -> Iterator[tuple[str, Judged]]:
    yield "seal of another colour", sealed(colour="other")
    yield "seal that is the registered scan", lambda: b.judge(b.examination(seals=(COPY,)))
    yield "seal that is the registered scan, signed", lambda: b.judge(signed(("trusted", b.MAKER), seals=(COPY,)))
    yield "seal without readable arc", sealed(text=None, text_confidence=0.0)
    yield "seal read as another name, unsure", sealed(text=test_rules.OTHER, text_confidence=0.3)
    yield "seal read as nearly the name", sealed(text="北辰汽车有眼公司", text_confidence=0.5)
    yield "seal of no issuer", lambda: b.judge(b.examination(letter=letter(issuer=None)))
    yield "page of unknown scale", lambda: b.judge(b.examination(pages=(b.page(scale_known=False),)))
    for size in (29.9, 30.1, 51.9, 52.1):
        yield f"seal of {size} mm by the sheet", lambda s=size: b.judge(
            b.examination(seals=(b.seal(diameter_mm=s),), pages=(b.page(scale_known=False),))
        )  # fmt: skip
    for size in (29.9, 30.0, 35.9, 36.0, 46.0, 46.1):
        yield f"seal of {size} mm", sealed(diameter_mm=size)
    registered = b.registry(specimens=(b.specimen(diameter_mm=40.0),))
    for size in (37.5, 37.7, 42.3, 42.5):
        yield f"seal of {size} mm, 40 registered", lambda s=size: b.judge(
            b.examination(seals=(b.seal(diameter_mm=s),)), known=registered
        )  # fmt: skip
    for name, changes in (
        ("not yet", {"valid_from": date(2026, 1, 26)}), ("from the day", {"valid_from": date(2026, 1, 25)}),
        ("no longer", {"valid_to": date(2026, 1, 24)}), ("to the day", {"valid_to": date(2026, 1, 25)}),
    ):  # fmt: skip
        yield f"impression in force {name}", lambda c=changes: b.judge(
            known=b.registry(specimens=(b.specimen(**c),))
        )  # fmt: skip


def _records() -> Iterator[tuple[str, Judged]]:
    two = (b.record(), b.record(application_number="AP2", model="BC7001C"))
    yield "two applications", lambda: b.judge(records=two)
    yield "no records at all", lambda: b.judge(records=())
    yield "one of two vehicles on record", seen(vehicles=(b.vehicle(), b.vehicle(b.field(OTHER_VIN))))
    yield "brand in Latin letters", vehicle(brand=b.field("BEICHEN"))
    yield (
        "brand in both scripts",
        lambda: b.judge(
            b.examination(letter=letter(vehicles=(b.vehicle(brand=b.field("北辰 BEICHEN")),))),
            (b.record(brand_en="Beichen"),),
        ),
    )
    yield "brand and model not stated", vehicle(brand=None, model=None)
    yield "brand, model and date elsewhere", seen(
        vehicles=(b.vehicle(brand=None, model=None, registration_date=None),), unassigned_brands=(b.field("南江牌"),),
        unassigned_models=(b.field("NJ1"), b.field("BC7001A")),
        unassigned_dates=(b.field("2024-01-01"), b.field("2025-12-20")),
    )  # fmt: skip
    yield "validity crossed out", seen(valid_until=None, unread_validity=b.field("", text="2026-03 01"))
    yield "void in its own words", seen(reservations=(b.field("作废"),))
    yield "model with letters for digits", vehicle(model=b.field("BC7OOIA型"))
    yield "registration date in doubt", vehicle(registration_date=b.field("2025-12-20", doubt="ambiguous"))
    yield "record without manufacturer, country, applicant", recorded(
        manufacturer=None, export_country=None, applicant=None
    )  # fmt: skip
    yield "manufacturer by its English name", recorded(manufacturer="Beichen Automobile Co., Ltd.")
    yield "vehicle's own country", vehicle(export_country=b.field("RU"))
    yield "exporter in pinyin", seen(exporter=b.field("Tianjin Yuanhang Trading Co., Ltd."))
    for text in (b.VIN[:-1], b.VIN[:-1] + "8", "1HGCM82633A00435", OTHER_VIN):
        yield f"VIN {text}", vehicle(vin=b.field(text))
    for source, confidence in ((Source.SECOND_READER, 0.8), (Source.SECOND_READER, 0.4), (Source.TEXT_LAYER, 0.8)):
        reading = (Reading(b.VIN, 0.9, source),)
        yield f"VIN at {confidence}, also by {source.value}", vehicle(
            vin=b.field(b.VIN, confidence=confidence, readings=reading)
        )  # fmt: skip
    yield "VIN by an official", vehicle(vin=b.field(b.VIN, confidence=0.1, source=Source.OFFICIAL))
    for wmi in (("LSV",), ("LXX", "LYY")):
        makers = (Maker(b.MAKER, wmi=wmi),)
        yield f"WMI {wmi}", lambda m=makers: b.judge(known=b.registry(makers=m, registered=m))
    yield "registered in another year", recorded(registration_date=date(2019, 5, 1))


def _applications() -> Iterator[tuple[str, Judged]]:
    letters = (test_applications.LETTER,)
    disputed = (replace(letters[0], seen=b.examination(seals=())),)
    for name, changes in (
        ("usual", {}), ("without registration", {"registration_date": None}),
        ("no application yet", {"application_date": None}),
        ("transferred before", {"transfer_date": date(2025, 12, 31)}),
        ("applied before", {"application_date": date(2025, 12, 31)}),
        ("old", {"registration_date": date(2024, 1, 1)}),
        ("180 days", {"registration_date": date(2026, 1, 25) - timedelta(days=180)}),
        ("declared alike", {"applied_brand": "北辰", "applied_registration_date": date(2025, 12, 20)}),
        ("declared otherwise", {"applied_brand": "南江牌", "applied_transfer_date": date(2026, 1, 11)}),
        ("model declared without certificate", {"applied_model": "X", "model": None}),
        ("date declared without certificate", {"applied_transfer_date": date(2026, 1, 1), "transfer_date": None}),
    ):  # fmt: skip
        for papers, filed in (("no letter", ()), ("letter", letters), ("disputed letter", disputed)):
            yield f"application: {name}, {papers}", lambda c=changes, f=filed: test_applications.judged(
                b.record(**c), letters=f
            )  # fmt: skip
    yield "application: two makers", lambda: test_applications.judged(
        b.record(), b.record(vin=OTHER_VIN, manufacturer=test_rules.OTHER), letters=letters
    )  # fmt: skip
    yield from _modified()


def _modified() -> Iterator[tuple[str, Judged]]:
    proof, record = test_modification.proof(), test_modification.record()
    papers: dict[str, tuple[Examination, ...]] = {
        "none": (), "letter": (test_modification.LETTER,), "letter and proof": (test_modification.LETTER, proof),
        "letter and disputed proof": (
            test_modification.LETTER, test_modification.proof(chassis_brand=b.field("南江牌")),
        ),
        "letter, proof, pledged certificate": (
            test_modification.LETTER, proof, test_certificate.certificate(mortgaged=b.field("yes")),
        ),
    }  # fmt: skip
    for name, filed in papers.items():
        yield f"modified vehicle: {name}", lambda f=filed: test_modification.applied(record, *f)
    yield "modified vehicle: before the notice", lambda: test_modification.applied(
        replace(record, application_date=date(2025, 12, 31)), proof
    )  # fmt: skip
    for name in (
        "chassis_brand",
        "chassis_model",
        "modified_brand",
        "modified_model",
        "announcement",
        "ccc_certificate",
    ):
        yield f"modified vehicle: no {name} on record", lambda n=name: test_modification.judge(
            held=replace(record, **{n: None})
        )  # fmt: skip
    products = test_modification.registry().announcements or ()
    for name, changes in (
        ("from the day", {"valid_from": date(2026, 1, 25)}), ("not yet", {"valid_from": date(2026, 1, 26)}),
        ("to the day", {"valid_to": date(2026, 1, 25)}), ("no longer", {"valid_to": date(2026, 1, 24)}),
        ("of another brand", {"brand": "凯达"}),
    ):  # fmt: skip
        listed = tuple(replace(one, **changes) for one in products)
        yield f"product listed {name}", lambda a=listed: test_modification.judge(
            known=test_modification.registry(announcements=a)
        )  # fmt: skip
    yield "proof without issuer", lambda: test_modification.judge(test_modification.proof(issuer=None))
    yield "paper of another kind", lambda: b.judge(b.examination(letter=Letter(Kind.OTHER, title=b.field("发票"))))
