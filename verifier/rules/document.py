"""Checks of the file itself: kind, legibility, and what it hides."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.examination import Finding
from verifier.letter import Field, Kind
from verifier.page import Colour
from verifier.report import Check
from verifier.rules.case import Case, Rule, evidence_of, evidence_of_finding
from verifier.rules.catalogue import failed, named, noted, passed, skipped, unsure, words
from verifier.rules.signing import ALTERED, TRUSTED, UNTRUSTED, signatures, signed_by_issuer
from verifier.rules.the_seal import is_the_issuers, the_seal

LEGIBLE_CONFIDENCE = 0.5
"""Smallest character confidence of a verdict field; below it even its right readings are half wrong."""
LEGIBLE_DATE = 0.85
"""A digit hidden under a signature is guessed, and any digit makes a date: of 232 right closing dates of 243 tuning
letters four were less sure than this; the one that was guessed wrong had 0.74."""
JUDGED_KINDS = frozenset({Kind.CONFIRMATION_LETTER, Kind.MODIFICATION_PROOF, Kind.REGISTRATION_CERTIFICATE})
"""Papers that have checks of their own."""
OVERLAYS = ("annotation", "form_field", "overlay", "optional_content")
UNKNOWN_CHANGE = "cannot be drawn"
"""How the opener ends the detail of a revision that it could not compare."""
HIDDEN = ("hidden_text", "homoglyph")
ACTIVE = ("active_content", "embedded_file", "javascript", "launch", "xfa")


def check_kind(case: Case) -> Iterator[Check]:
    """A recognised letter, proof or certificate passes that takes nothing back; every other goes to a person."""
    letter = case.seen.letter
    evidence = evidence_of(letter.title)
    for said in letter.reservations:
        yield unsure("document.kind", "takes_back", found=said.text, evidence=evidence_of(said))
    if letter.reservations:
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


def check_text_layer(case: Case) -> Iterator[Check]:
    """The layer may not contradict the pixels in a verdict field, nor hide such a value."""
    rows = [
        failed(
            "document.text_layer",
            "conflict",
            found=finding.text,
            expected=finding.shown,
            evidence=evidence_of_finding(finding),
        )
        for finding in case.findings("layer_conflict")
    ]
    for finding in case.findings(*HIDDEN):
        details = {"found": finding.text, "evidence": evidence_of_finding(finding)}
        if finding.field or finding.code == "homoglyph":
            rows.append(failed("document.text_layer", "hidden", **details))
        else:
            rows.append(noted("document.text_layer", "elsewhere", **details))
    rows += [
        unsure("document.text_layer", "parsers_differ", found=finding.text, evidence=evidence_of_finding(finding))
        for finding in case.findings("parser_conflict")
    ]
    rows += [noted("document.text_layer", "unreadable") for _ in case.findings("layer_unreadable")]
    yield from rows or [passed("document.text_layer")]


def check_overlay(case: Case) -> Iterator[Check]:
    """Nothing may be laid over a verdict field, and no part of a scan may be hidden."""
    rows = [
        unsure("document.overlay", "cut_picture", found=finding.text, evidence=evidence_of_finding(finding))
        for finding in case.findings("cut_picture")
    ]
    rows += [
        unsure("document.overlay", "see_through", evidence=evidence_of_finding(finding))
        for finding in case.findings("see_through")
    ]
    for finding in case.findings(*OVERLAYS):
        details = {
            "found": finding.text or finding.detail or finding.code,
            "found_zh": finding.text or named("object", finding.code)[1],
            "evidence": evidence_of_finding(finding),
        }
        if finding.field:
            rows.append(failed("document.overlay", "over_field", **details))
        else:
            rows.append(noted("document.overlay", "elsewhere", **details))
    rows += [unsure("document.overlay", "cannot_tell") for _ in case.findings("structure_unreadable")]
    yield from rows or [passed("document.overlay")]


def check_revisions(case: Case) -> Iterator[Check]:
    """A file saved again is noted; a value that matters changed by it is for a person."""
    rows = [
        unsure(
            "document.revisions",
            "touches_field",
            found=f" ({finding.text} → {finding.shown})" if finding.text else "",
            evidence=evidence_of_finding(finding),
        )
        if finding.field or finding.detail.endswith(UNKNOWN_CHANGE) or " became " in finding.detail
        else noted("document.revisions", "revised", evidence=evidence_of_finding(finding))
        for finding in case.findings("revision")
    ]
    yield from rows or [passed("document.revisions")]


def check_active_content(case: Case) -> Iterator[Check]:
    """Scripts, launch actions and attachments are named and never run."""
    rows = []
    for finding in case.findings(*ACTIVE):
        details = {
            "found": finding.detail or finding.text or finding.code,
            "found_zh": _active(finding),
            "evidence": evidence_of_finding(finding),
        }
        if finding.field:
            rows.append(unsure("document.active_content", "touches_field", **details))
        else:
            rows.append(noted("document.active_content", "named", **details))
    yield from rows or [passed("document.active_content")]


def _active(finding: Finding) -> str:
    """Return what is active, in Chinese: by the action's name, else as the file has it, else by its sort."""
    if finding.detail in words()["object"]:
        return named("object", finding.detail)[1]
    return finding.text if finding.text and not finding.detail else named("object", finding.code)[1]


def check_tampering(case: Case) -> Iterator[Check]:
    """Print of a verdict field that came onto the scan in another way than the rest of its page, or wiped paper."""
    rows = [
        unsure(
            "document.tampering",
            "unlike_its_page",
            subject={"field": finding.field or ""},
            found=finding.text,
            evidence=evidence_of_finding(finding),
        )
        for finding in case.findings("tampering")
    ]
    rows += [
        unsure("document.tampering", "wiped", evidence=evidence_of_finding(finding))
        for finding in case.findings("wiped")
    ]
    yield from rows or [_untouched(case)]


def _untouched(case: Case) -> Check:
    pages = case.seen.pages
    if all(page.born_digital for page in pages):
        return skipped("document.tampering", "drawn")
    if all(page.born_digital or page.colour is Colour.BILEVEL for page in pages):
        return skipped("document.tampering", "no_grey_levels")
    return passed("document.tampering")


def check_signature(case: Case) -> Iterator[Check]:
    """The issuer's own, valid, trusted and over the whole file passes; what was altered since fails."""
    found = signatures(case)
    if not case.seen.signed:
        yield skipped("document.signature", "unsigned")
    elif altered := [finding for finding in found if finding.detail == ALTERED]:
        yield failed("document.signature", "altered", found=altered[0].text)
    elif not found or any(finding.detail not in (TRUSTED, UNTRUSTED) for finding in found):
        yield unsure("document.signature", "cannot_tell")
    elif untrusted := [finding for finding in found if finding.detail == UNTRUSTED]:
        yield unsure("document.signature", "no_anchor", found=untrusted[0].text)
    elif case.issuer_name is None:
        yield unsure("document.signature", "no_issuer", found=found[0].text)
    elif signed_by_issuer(case):
        yield passed("document.signature", found=case.issuer_name)
    else:
        yield failed("document.signature", "other_signer", found=found[0].text, expected=case.issuer_name)


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
    """A verdict field written with a pen, seen by its ink, is for a person; without colour nothing can be told."""
    rows = [
        unsure(
            "document.handwriting",
            "pen",
            subject={"field": finding.field or ""},
            found=finding.text,
            evidence=evidence_of_finding(finding),
        )
        for finding in case.findings("handwriting")
    ]
    yield from rows or [_unwritten(case)]


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
    check_text_layer,
    check_overlay,
    check_revisions,
    check_active_content,
    check_tampering,
    check_signature,
    check_duplicate,
    check_page_reuse,
    check_pages,
    check_handwriting,
)
