"""Checks of the letter against the vehicle record (648-1(2), working guide)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from verifier.formats.chinese import has_chinese
from verifier.formats.names import normalise_name, spellings
from verifier.letter import Field, VehicleClaim
from verifier.record import VehicleRecord
from verifier.report import Check
from verifier.rules.applicant import check_applicant
from verifier.rules.case import Case, Rule, evidence_of
from verifier.rules.catalogue import failed, noted, passed, skipped, unsure

_SAME_IN_PRINT = str.maketrans({"O": "0", "I": "1", "Q": "0", "S": "5", "Z": "2", "B": "8"})
"""Letters that print and readers do not tell from digits; a model that differs in nothing else is the same: YLF1035S5
was read as YLF103555."""


def check_found(case: Case) -> Iterator[Check]:
    """Some record must be there; a letter may serve several applications, so missing ones are noted."""
    missing = [match.claim.vin for match in case.facts.vehicles if not match.records]
    evidence = evidence_of(*missing)
    if not case.facts.records_given:
        yield failed("record.found", "no_records")
    elif len(missing) == len(case.facts.vehicles):
        yield failed("record.found", "none", evidence=evidence)
    elif missing:
        yield noted("record.found", "some", found=", ".join(vin.value for vin in missing), evidence=evidence)
    else:
        yield passed("record.found")


def check_vin(case: Case) -> Iterator[Check]:
    """A VIN without record that nearly is an uncovered one of the application."""
    for match in case.facts.vehicles:
        vin = match.claim.vin
        details = {"subject": {"vin": vin.value}, "found": vin.value, "evidence": evidence_of(vin)}
        if match.near:
            near = ", ".join(sorted({record.vin for record in match.near}))
            yield failed("record.vin", "near_miss", expected=near, **details)
        elif match.records:
            yield passed("record.vin", **details)


def check_brand(case: Case) -> Iterator[Check]:
    """Equal after 牌, case and width; another script without a known alias cannot be compared."""
    for match, record, subject in case.matched():
        field = match.claim.brand
        expected = record.chassis_brand or record.brand
        if field is None or not expected:
            yield _nothing_unplaced("record.brand", subject, _other_brands(case, expected))
            continue
        details = {
            "subject": subject,
            "found": field.value,
            "expected": expected,
            "evidence": evidence_of(field),
        }
        if _is_brand(field.value, expected, record.brand_en):
            yield passed("record.brand", **details)
        elif has_chinese(field.value) != has_chinese(expected) and not record.brand_en:
            yield noted("record.brand", "other_script", **details)
        else:
            yield failed("record.brand", "differs", **details)


def _is_brand(stated: str, expected: str, expected_en: str | None) -> bool:
    """Return whether a brand is the expected one; of two scripts side by side the Chinese one tells."""
    aliases = {_brand(name) for name in (expected, expected_en) if name}
    if _brand(stated) in aliases:
        return True
    parts = [_brand(part) for part in re.findall(r"[\u3400-\u9fff]+|[A-Za-z][A-Za-z\s-]*", stated)]
    chinese = [part for part in parts if not part.isascii()]
    return len(parts) > 1 and bool(chinese) and all(part in aliases for part in chinese)


def _other_brands(case: Case, expected: str | None) -> list[Field]:
    """Return the brands in the letter that do not end as the expected one does."""
    if not expected:
        return []
    end = _brand(expected)
    return [f for f in case.seen.letter.unassigned_brands if not end.endswith(_brand(f.value)[-len(end) :])]


def _brand(text: str) -> str:
    return normalise_name(text).removesuffix("牌")


def check_model(case: Case) -> Iterator[Check]:
    """Equal after width, case, separators and letters that print like digits.

    Where the letter's models were not told apart by vehicle, each recorded one must at least stand among them.
    """
    unplaced = _other_models(case)
    stated = {model_key(field.value) for field in case.seen.letter.unassigned_models}
    for match, record, subject in case.matched():
        field = match.claim.model
        expected = record.chassis_model or record.model
        if field is None or not expected:
            missing = bool(stated) and expected is not None and model_key(expected) not in stated
            own = list(case.seen.letter.unassigned_models) if missing else unplaced
            yield _nothing_unplaced("record.model", subject, own)
            continue
        details = {
            "subject": subject,
            "found": field.value,
            "expected": expected,
            "evidence": evidence_of(field),
        }
        if model_key(field.value) == model_key(expected):
            yield passed("record.model", **details)
        else:
            yield failed("record.model", "differs", **details)


def _nothing_unplaced(identity: str, subject: dict[str, str], unplaced: list[Field]) -> Check:
    """Return that the letter does not state a value, unless one stands there whose place was not understood."""
    if not unplaced:
        return skipped(identity, "not_stated", subject=subject)
    found = ", ".join(dict.fromkeys(field.text for field in unplaced))
    return unsure(identity, "unplaced", subject=subject, found=found, evidence=evidence_of(*unplaced))


def _other_models(case: Case) -> list[Field]:
    """Return model designations of no field that no record of the letter's vehicles explains."""
    records = [record for _, record, _ in case.matched()]
    known = {model_key(name) for r in records for name in (r.model, r.chassis_model, r.modified_model) if name}
    return [field for field in case.seen.letter.unassigned_models if model_key(field.value) not in known]


def _other_dates(case: Case) -> list[Field]:
    """Return dates of no field that no record of the letter's vehicles explains."""
    records = [record for _, record, _ in case.matched()]
    known = {
        day.isoformat()
        for r in records
        for day in (r.registration_date, r.transfer_date, r.application_date, r.received_on)
        if day
    }
    return [field for field in case.seen.letter.unassigned_dates if field.value not in known]


def model_key(text: str) -> str:
    """Return the form in which models are compared.

    >>> model_key("XC7OO1A 型") == model_key("ＸＣ7001A")
    True
    """
    kept = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).upper())
    return kept.translate(_SAME_IN_PRINT).removesuffix("型")


def _compare_dates(
    identity: str, case: Case, stated: list[tuple[Field | None, date | None, dict[str, str]]]
) -> Iterator[Check]:
    unplaced = _other_dates(case)
    for field, expected, subject in stated:
        if field is None or expected is None:
            yield _nothing_unplaced(identity, subject, unplaced)
            continue
        details = {
            "subject": subject,
            "found": field.value,
            "expected": expected.isoformat(),
            "evidence": evidence_of(field),
        }
        if field.doubt:
            yield unsure(identity, "ambiguous", **details | {"found": field.text})
        elif field.value == expected.isoformat():
            yield passed(identity, **details)
        else:
            yield failed(identity, "differs", **details)


def check_registration_date(case: Case) -> Iterator[Check]:
    """注册登记日期 as the certificate says."""
    stated = [(m.claim.registration_date, r.registration_date, s) for m, r, s in case.matched()]
    yield from _compare_dates("record.registration_date", case, stated)


def check_transfer_date(case: Case) -> Iterator[Check]:
    """转让登记待出口日期 as the certificate says."""
    stated = [(m.claim.transfer_date, r.transfer_date, s) for m, r, s in case.matched()]
    yield from _compare_dates("record.transfer_date", case, stated)


def check_manufacturer(case: Case) -> Iterator[Check]:
    """The issuer is the record's manufacturer; for modified vehicles the chassis maker."""
    issuer = case.seen.letter.issuer
    for _, record, subject in case.matched():
        expected = record.letter_manufacturer
        if issuer is None or not expected:
            yield unsure("record.manufacturer", "not_stated", subject=subject, evidence=evidence_of(issuer))
            continue
        details = {
            "subject": subject,
            "found": issuer.value,
            "expected": expected,
            "evidence": evidence_of(issuer),
        }
        if _same_maker(issuer.value, expected, case):
            yield passed("record.manufacturer", **details)
        else:
            yield failed("record.manufacturer", "differs", **details)


def _same_maker(issuer: str, expected: str, case: Case) -> bool:
    """Return whether two names are equal, or both exactly names of one known maker."""
    if normalise_name(issuer) in spellings(expected):
        return True
    maker = case.facts.registry.known_makers.named(issuer)
    return maker is not None and maker.is_called(expected)


def check_export_country(case: Case) -> Iterator[Check]:
    """The country is the one applied for."""
    for match, record, subject in case.matched():
        field = _destination(case, match.claim, record)
        if field is None or field.doubt or not record.export_country:
            yield unsure("record.export_country", "not_stated", subject=subject, evidence=evidence_of(field))
            continue
        details = {
            "subject": subject,
            "found": field.value,
            "expected": record.export_country,
            "evidence": evidence_of(field),
        }
        if field.value == record.export_country:
            yield passed("record.export_country", **details)
        else:
            yield failed("record.export_country", "differs", **details)


def _destination(case: Case, claim: VehicleClaim, record: VehicleRecord) -> Field | None:
    """Return where a vehicle goes: to its own country, the letter's, or of several named together the one asked for."""
    letter = case.seen.letter
    if case.goes_to_all:
        return next(
            (c for c in letter.export_countries if c.value == record.export_country), letter.export_countries[0]
        )
    return claim.export_country or letter.export_country


CHECKS: tuple[Rule, ...] = (
    check_found,
    check_vin,
    check_brand,
    check_model,
    check_registration_date,
    check_transfer_date,
    check_manufacturer,
    check_export_country,
    check_applicant,
)
