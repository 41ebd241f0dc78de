"""Checks of what the file hides: other layers, overlays, later changes, patched print, broken signatures."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.examination import Finding
from verifier.page import Colour
from verifier.report import Check
from verifier.rules.case import Case, Rule, evidence_of_finding
from verifier.rules.catalogue import failed, named, noted, passed, skipped, unsure, words
from verifier.rules.signing import ALTERED, TRUSTED, UNTRUSTED, signatures, signed_by_issuer

CHANGES = "changes"
"""How the opener ends the detail of an annotation that changes the picture of its page."""
OVERLAYS = ("annotation", "form_field", "overlay", "optional_content")
UNKNOWN_CHANGE = "cannot be drawn"
"""How the opener ends the detail of a revision that it could not compare."""
HIDDEN = ("hidden_text", "homoglyph")
ACTIVE = ("active_content", "embedded_file", "javascript", "launch", "xfa")


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
        unsure("document.overlay", reason, evidence=evidence_of_finding(finding))
        for reason in ("see_through", "stacked_scan")
        for finding in case.findings(reason)
    ]
    for finding in case.findings(*OVERLAYS):
        details = {
            "found": finding.text or finding.detail or finding.code,
            "found_zh": finding.text or named("object", finding.code)[1],
            "evidence": evidence_of_finding(finding),
        }
        if finding.code == "form_field" and not finding.field and _hides_print(finding, case):
            rows.append(unsure("document.overlay", "over_scan", **details))
        elif finding.field:
            rows.append(failed("document.overlay", "over_field", **details))
        else:
            rows.append(noted("document.overlay", "elsewhere", **details))
    rows += [unsure("document.overlay", "cannot_tell") for _ in case.findings("structure_unreadable")]
    yield from rows or [passed("document.overlay")]


def _hides_print(finding: Finding, case: Case) -> bool:
    """Return whether something drawn over a scan changes what is seen there."""
    scans = {page.number for page in case.seen.pages if not page.born_digital}
    return finding.page in scans and finding.detail.endswith(CHANGES)


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
    """Print of a verdict field that came onto the scan in another way than the rest of its page, wiped paper, or paper
    of another sheet about a seal.
    """
    rows = doubted_fields(case, "document.tampering", "tampering", "unlike_its_page")
    rows += [
        unsure("document.tampering", reason, evidence=evidence_of_finding(finding))
        for reason in ("wiped", "slip")
        for finding in case.findings(reason)
    ]
    yield from rows or [_untouched(case)]


def doubted_fields(case: Case, check: str, code: str, reason: str) -> list[Check]:
    """Return a check as unsure for each finding of that code, with the verdict field that it lies on."""
    return [
        unsure(
            check,
            reason,
            subject={"field": finding.field or ""},
            found=finding.text,
            evidence=evidence_of_finding(finding),
        )
        for finding in case.findings(code)
    ]


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


CHECKS: tuple[Rule, ...] = (
    check_text_layer,
    check_overlay,
    check_revisions,
    check_active_content,
    check_tampering,
    check_signature,
)
