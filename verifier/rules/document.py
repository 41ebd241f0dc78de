"""Checks of the paper itself: kind, legibility, pages, handwriting, and whether it was filed before."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.letter import Field, Kind
from verifier.page import Colour
from verifier.report import Check
from verifier.rules import integrity
from verifier.rules.case import Case, Rule, evidence_of
from verifier.rules.catalogue import failed, named, passed, skipped, unsure
from verifier.rules.the_seal import is_the_issuers, the_seal

LEGIBLE_CONFIDENCE = 0.5
"""Smallest character confidence of a verdict field; below it even its right readings are half wrong."""
LEGIBLE_DATE = 0.85
"""A digit hidden under a signature is guessed, and any digit makes a date: of 232 right closing dates of 243 tuning
letters four were less sure than this; the one that was guessed wrong had 0.74."""
JUDGED_KINDS = frozenset({Kind.CONFIRMATION_LETTER, Kind.MODIFICATION_PROOF, Kind.REGISTRATION_CERTIFICATE})
"""Papers that have checks of their own."""


def check_kind(case: Case) -> Iterator[Check]:
    """A recognised letter, proof or certificate passes that takes nothing back; every other goes to a person."""
    letter = case.seen.letter
    evidence = evidence_of(letter.title)
    for said in letter.reservations:
        yield unsure("document.kind", "takes_back", found=said.text, evidence=evidence_of(said))
    if letter.says_no_service:
        yield unsure("document.kind", "no_service", evidence=evidence)
    if letter.reservations or letter.says_no_service:
        return
    if letter.kind in JUDGED_KINDS:
        found, found_zh = named("kind", letter.kind.value)
        yield passed("document.kind", found=found, found_zh=found_zh, evidence=evidence)
    elif letter.kind is Kind.OTHER:
        found = letter.title.text if letter.title else ""
        yield unsure("document.kind", "other_paper", found=found, evidence=evidence)
    else:
        yield unsure("document.kind", "not_recognised", evidence=evidence)


def check_legible(case: Case) -> Iterator[Check]:
    """Every page yields text, and no verdict field is too poor; who issues may be told by the seal instead."""
    rows = [
        unsure("document.legible", "poor_image", subject={"page": str(page.number)})
        for page in case.seen.pages
        if not page.lines
    ]
    letter = case.seen.letter
    fields: dict[str, Field | None] = {
        "export_country": letter.export_country,
        "issuer": letter.issuer,
        "number": letter.number,
        "issued_on": letter.issued_on,
        "chassis_brand": letter.chassis_brand,
        "chassis_model": letter.chassis_model,
        "modified_brand": letter.modified_brand,
        "modified_model": letter.modified_model,
        "announcement": letter.announcement,
        "ccc_certificate": letter.ccc_certificate,
        "owner": letter.owner,
        "manufacturer": letter.manufacturer,
    }
    rows += [
        unsure(
            "document.legible",
            "low_confidence",
            subject={"field": name},
            found=field.text,
            evidence=evidence_of(field),
        )
        for name, field in fields.items()
        if field
        and field.confidence < (LEGIBLE_DATE if name == "issued_on" else LEGIBLE_CONFIDENCE)
        and not (name == "issuer" and _is_borne_out(case))
    ]
    yield from rows or [passed("document.legible")]


def _is_borne_out(case: Case) -> bool:
    """Return whether the seal itself says who issues: it is the registered impression of the maker named."""
    seal = the_seal(case)
    return seal is not None and is_the_issuers(seal, case) and case.reads_issuer(seal)


def check_duplicate(case: Case) -> Iterator[Check]:
    """The same bytes under another application."""
    rows = [
        failed("document.duplicate", "other_application", found=", ".join(sorted(other.applications)))
        for other in case.facts.reuse.same_file
    ]
    yield from rows or [passed("document.duplicate")]


def check_page_reuse(case: Case) -> Iterator[Check]:
    """The same page picture in a document with other content."""
    rows = [failed("document.page_reuse", "same_picture", found=other.name) for other in case.facts.reuse.same_picture]
    yield from rows or [passed("document.page_reuse")]


def check_pages(case: Case) -> Iterator[Check]:
    """ "Page x of y" must have no gap."""
    claims = [field.value.split("/") for field in case.seen.letter.page_claims]
    if not claims:
        yield skipped("document.pages", "not_stated")
        return
    total = max(int(y) for _, y in claims)
    missing = sorted(set(range(1, total + 1)) - {int(x) for x, _ in claims})
    # a footer that could not be read on a page that is there is no gap
    if missing and len(case.seen.pages) < total:
        yield unsure(
            "document.pages",
            "gap",
            found=", ".join(map(str, missing)),
            expected=str(total),
            evidence=evidence_of(*case.seen.letter.page_claims),
        )
    else:
        yield passed("document.pages")


def check_handwriting(case: Case) -> Iterator[Check]:
    """A verdict field written with a coloured pen, or struck through with any, is for a person."""
    check = "document.handwriting"
    written = integrity.doubted_fields(case, check, "handwriting", "pen")
    struck = integrity.doubted_fields(case, check, "struck", "struck")
    yield from [*written, *struck] or [_unwritten(case)]


def _unwritten(case: Case) -> Check:
    pages = case.seen.pages
    if all(page.born_digital for page in pages):
        return skipped("document.handwriting", "drawn")
    if all(page.born_digital or page.colour is not Colour.COLOUR for page in pages):
        return skipped("document.handwriting", "no_colour")
    return passed("document.handwriting")


CHECKS: tuple[Rule, ...] = (
    check_kind,
    check_legible,
    *integrity.CHECKS,
    check_duplicate,
    check_page_reuse,
    check_pages,
    check_handwriting,
)
