"""Checks of each vehicle identification number (GB 16735)."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.formats import vin as vins
from verifier.letter import Field, VehicleClaim
from verifier.match import VehicleMatch
from verifier.page import Source
from verifier.report import Check
from verifier.rules.case import Case, Rule, evidence_of, evidence_of_finding
from verifier.rules.catalogue import failed, noted, passed, skipped, unsure

SURE_CONFIDENCE = 0.90
"""Smallest character confidence of the first reader at which its valid VIN needs no second voice."""
POOR_CONFIDENCE = 0.35
"""Below this not even a second reader's agreement makes a reading certain."""
LOST_CONFIDENCE = 0.7
"""The same where the first reader read it twice alike and the second one lost a single character of it: Tesseract drops
narrow zeros of copiers' scans, whose VINs have 0.81 to 0.89."""
YEARS_APART = 1
"""Model year and registration year of a nearly new car (inferred; advisory)."""


def _each(case: Case) -> Iterator[tuple[VehicleMatch, VehicleClaim, dict[str, str]]]:
    for match in case.facts.vehicles:
        yield match, match.claim, {"vin": match.claim.vin.value}


def check_reading(case: Case) -> Iterator[Check]:
    """Valid, certain, read from pixels, and no other reader sees another valid VIN."""
    for _, claim, subject in _each(case):
        field = claim.vin
        details = {"subject": subject, "found": field.value, "evidence": evidence_of(field)}
        other = _other_valid(field)
        if not vins.is_valid(field.value):
            yield unsure("vin.reading", "check_digit", **details)
        elif field.source is Source.OFFICIAL:  # somebody looked at the page; the machine's reading stays beside it
            yield passed("vin.reading", **details)
        elif other:
            yield unsure("vin.reading", "conflict", expected=other, **details)
        elif not _from_pixels(field):
            yield unsure("vin.reading", "no_pixels", **details)
        elif not _is_certain(field):
            yield unsure("vin.reading", "low_confidence", **details)
        else:
            yield passed("vin.reading", **details)


def _readings(field: Field) -> list[str]:
    return [vins.without_impossible(vins.normalise(reading.text)) for reading in field.readings]


def _other_valid(field: Field) -> str | None:
    """Return another valid VIN that some reader saw at the same place."""
    for text in _readings(field):
        if text != field.value and vins.is_valid(text):
            return text
    return None


def _from_pixels(field: Field) -> bool:
    return field.source is not Source.TEXT_LAYER or any(
        reading.source is not Source.TEXT_LAYER for reading in field.readings
    )


def _is_certain(field: Field) -> bool:
    """Return whether the first reader is sure, or the independent second one reads the same."""
    read = [(reading.source, vins.without_impossible(vins.normalise(reading.text))) for reading in field.readings]
    second = [text for source, text in read if source is Source.SECOND_READER]
    again = any(field.value in text for source, text in read if source is Source.OCR)
    least = SURE_CONFIDENCE
    if field.value in second:
        least = POOR_CONFIDENCE
    elif again and any(_has_all_but_one(text, field.value) for text in second):
        least = LOST_CONFIDENCE
    return field.confidence >= least and field.doubt is None


def _has_all_but_one(text: str, vin: str) -> bool:
    """Return whether a text holds a VIN that lost one of its characters, nothing else changed."""
    return any(vin[:index] + vin[index + 1 :] in text for index in range(len(vin)))


def check_check_digit(case: Case) -> Iterator[Check]:
    """Position 9 must fit; one valid look-alike neighbour is suggested, never taken."""
    for _, claim, subject in _each(case):
        vin = claim.vin.value
        details = {"subject": subject, "found": vin, "evidence": evidence_of(claim.vin)}
        if not vins.is_well_formed(vin):
            yield failed("vin.check_digit", "malformed", **details)
        elif not vins.is_valid(vin):
            neighbours = vins.valid_neighbours(vin)
            hint = f" ({neighbours[0]}?)" if len(neighbours) == 1 else ""
            yield failed("vin.check_digit", "wrong", expected=hint, **details)
        else:
            yield passed("vin.check_digit", **details)


def check_homoglyph(case: Case) -> Iterator[Check]:
    """No letter of another alphabet, in the file's text or in what was read."""
    rows = [
        failed("vin.homoglyph", "other_alphabet", found=finding.text, evidence=evidence_of_finding(finding))
        for finding in case.findings("homoglyph")
    ]
    rows += [
        unsure("vin.homoglyph", "scanners_alphabet", found=finding.text, evidence=evidence_of_finding(finding))
        for finding in case.findings("homoglyph_in_scan")
    ]
    yield from rows or [passed("vin.homoglyph")]


def check_wmi(case: Case) -> Iterator[Check]:
    """The maker's identifiers are advisory: lists disagree."""
    maker = case.facts.issuer.maker
    for _, claim, subject in _each(case):
        wmi = claim.vin.value[:3]
        details = {"subject": subject, "found": wmi, "evidence": evidence_of(claim.vin)}
        if not maker or not maker.wmi:
            yield skipped("vin.wmi", "list_missing", **details)
        elif wmi in {known[:3] for known in maker.wmi}:
            yield passed("vin.wmi", **details)
        else:
            yield noted("vin.wmi", "other_maker", expected=" ".join(maker.wmi), **details)


def check_model_year(case: Case) -> Iterator[Check]:
    """The model year lies within a year of the registration."""
    for match, claim, subject in _each(case):
        registered = next((r.registration_date for r in match.records if r.registration_date), None)
        years = vins.model_years(claim.vin.value, latest=case.on.year + YEARS_APART)
        details = {"subject": subject, "evidence": evidence_of(claim.vin)}
        if registered is None:
            yield skipped("vin.model_year", "not_stated", **details)
        elif any(abs(year - registered.year) <= YEARS_APART for year in years):
            yield passed("vin.model_year", **details)
        else:
            found = str(years[-1]) if years else claim.vin.value[9:10]
            yield noted("vin.model_year", "other_year", found=found, expected=registered.isoformat(), **details)


def check_reuse(case: Case) -> Iterator[Check]:
    """The same VIN for another country, application or maker."""
    hits = case.facts.reuse.same_vin
    for _, claim, subject in _each(case):
        names = sorted({other.name for vin, other in hits if vin == claim.vin.value})
        details = {"subject": subject, "found": claim.vin.value, "evidence": evidence_of(claim.vin)}
        if names:
            yield failed("vin.reuse", "elsewhere", expected=", ".join(names), **details)
        else:
            yield passed("vin.reuse", **details)


CHECKS: tuple[Rule, ...] = (
    check_reading,
    check_check_digit,
    check_homoglyph,
    check_wmi,
    check_model_year,
    check_reuse,
)
