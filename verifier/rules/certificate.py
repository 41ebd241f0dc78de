"""Checks of registration certificates: whose the vehicle is, whether it is pledged, and what the record copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verifier.formats.names import normalise_name
from verifier.letter import Field
from verifier.record import VehicleRecord
from verifier.report import Check
from verifier.rules import record as records
from verifier.rules.case import Case, Rule, evidence_of, evidence_of_seal
from verifier.rules.catalogue import failed, passed, skipped, unsure
from verifier.rules.modification import is_same_brand

OFFICE_WORDS = ("公安", "交通警察", "交警", "车辆管理", "车管")
"""Words in the arc of a registering office's seal."""


def _records(case: Case) -> Iterator[tuple[VehicleRecord, dict[str, str]]]:
    for match in case.facts.vehicles:
        for record in match.records:
            yield record, {"vin": match.claim.vin.value}


def check_owner(case: Case) -> Iterator[Check]:
    """The last owner entered is the applicant (2024 No. 6)."""
    owner = case.seen.letter.owner
    applicants = sorted({record.applicant for record, _ in _records(case) if record.applicant})
    details = {
        "found": owner.value if owner else None,
        "expected": ", ".join(applicants) or None,
        "evidence": evidence_of(owner),
    }
    if owner is None:
        yield unsure("certificate.owner", "not_read", **details)
    elif not applicants:
        yield unsure("certificate.owner", "no_record", **details)
    elif {normalise_name(name) for name in applicants} == {normalise_name(owner.value)}:
        yield passed("certificate.owner", **details)
    else:
        yield failed("certificate.owner", "differs", **details)


def check_mortgage(case: Case) -> Iterator[Check]:
    """No pledge stands open; where no later entry was seen at all, its absence says nothing."""
    mortgaged = case.seen.letter.mortgaged
    details = {"evidence": evidence_of(mortgaged), "found": mortgaged.text if mortgaged else None}
    vehicle = next(iter(case.seen.letter.vehicles), None)
    if mortgaged and mortgaged.value == "yes":
        yield failed("certificate.mortgage", "open", **details)
    elif mortgaged or (vehicle and vehicle.transfer_date):
        yield passed("certificate.mortgage", **details)
    else:
        yield unsure("certificate.mortgage", "not_seen", **details)


def check_seal(case: Case) -> Iterator[Check]:
    """A registering office's seal is there; without an impression to compare it with, a person looks at it."""
    offices = [s for s in case.seen.seals if any(word in (s.text or "") for word in OFFICE_WORDS)]
    if not case.seen.seals:
        yield unsure("certificate.seal", "none")
    elif offices:
        yield unsure("certificate.seal", "not_registered", found=offices[0].text, evidence=evidence_of_seal(offices[0]))
    else:
        seal = case.seen.seals[0]
        yield unsure("certificate.seal", "not_an_office", found=seal.text or "?", evidence=evidence_of_seal(seal))


def check_brand(case: Case) -> Iterator[Check]:
    """车辆品牌 as recorded."""
    vehicle = next(iter(case.seen.letter.vehicles), None)
    for record, subject in _records(case):
        yield _text("record.brand", vehicle.brand if vehicle else None, record.brand, subject, is_same_brand)


def check_model(case: Case) -> Iterator[Check]:
    """车辆型号 as recorded."""
    vehicle = next(iter(case.seen.letter.vehicles), None)
    for record, subject in _records(case):
        yield _text("record.model", vehicle.model if vehicle else None, record.model, subject, _is_same_model)


def check_manufacturer(case: Case) -> Iterator[Check]:
    """制造厂名称 as recorded: the name that the letter's issuer and seal must equal."""
    for record, subject in _records(case):
        field = case.seen.letter.manufacturer
        yield _text("record.manufacturer", field, record.manufacturer, subject, _is_same_name)


def _is_same_model(stated: str, expected: str) -> bool:
    return records.model_key(stated) == records.model_key(expected)


def _is_same_name(stated: str, expected: str) -> bool:
    return normalise_name(stated) == normalise_name(expected)


def _text(
    identity: str, field: Field | None, expected: str | None, subject: dict[str, str], same: Callable[[str, str], bool]
) -> Check:
    evidence = evidence_of(field)
    if field is None or not expected:
        return (unsure if identity == "record.manufacturer" else skipped)(
            identity, "not_stated", subject=subject, evidence=evidence
        )
    details = {"subject": subject, "found": field.value, "expected": expected, "evidence": evidence}
    return passed(identity, **details) if same(field.value, expected) else failed(identity, "differs", **details)


CHECKS: tuple[Rule, ...] = (
    records.check_found,
    records.check_vin,
    check_brand,
    check_model,
    records.check_registration_date,
    records.check_transfer_date,
    check_manufacturer,
    check_owner,
    check_mortgage,
    check_seal,
)
