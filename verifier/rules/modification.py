"""Checks of proofs of modification (648-2): against the record, the announcement and the product certificate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from verifier.formats.names import normalise_name
from verifier.formats.numbers import announcement_key, certificate_key
from verifier.letter import Field, Letter
from verifier.record import Announcement, CccCertificate, Registry, VehicleRecord
from verifier.report import Check, Evidence, Outcome
from verifier.rules import record as records
from verifier.rules.applicant import check_applicant
from verifier.rules.case import Case, Rule, evidence_of
from verifier.rules.catalogue import failed, make_check, named, passed, unsure

PARTS = ("chassis_brand", "chassis_model", "modified_brand", "modified_model")
"""What a proof is compared with the record in."""


def check_modification(case: Case) -> Iterator[Check]:
    """Chassis and modified brand and model are the record's; what either leaves out is for a person."""
    letter = case.seen.letter
    for match in case.facts.vehicles:
        for record in match.records:
            yield _modification(letter, record, {"vin": match.claim.vin.value})


def _modification(letter: Letter, record: VehicleRecord, subject: dict[str, str]) -> Check:
    parts = [(name, _field(letter, name), recorded_part(record, name)) for name in PARTS]
    evidence = evidence_of(*(field for _, field, _ in parts))
    if not record.is_modified:
        return unsure("record.modification", "no_record", subject=subject, evidence=evidence)
    different = [(f, recorded) for name, f, recorded in parts if f and recorded and not is_same_part(name, f, recorded)]
    if different:
        return failed(
            "record.modification",
            "differs",
            subject=subject,
            found=", ".join(field.value for field, _ in different),
            expected=", ".join(expected for _, expected in different),
            evidence=evidence_of(*(field for field, _ in different)),
        )
    missing = [name for name, field, recorded in parts if field is None or field.doubt or not recorded]
    if missing:
        found, found_zh = (
            ", ".join(called) for called in zip(*(named("field", name) for name in missing), strict=True)
        )
        return unsure(
            "record.modification", "not_stated", subject=subject, found=found, found_zh=found_zh, evidence=evidence
        )
    return passed("record.modification", subject=subject, evidence=evidence)


def _field(letter: Letter, name: str) -> Field | None:
    value: Field | None = getattr(letter, name)
    return value


def recorded_part(record: VehicleRecord, name: str) -> str | None:
    """Return what the record says of a part; a modified vehicle is registered under what it became."""
    value: str | None = getattr(record, name)
    if not value and name in ("modified_brand", "modified_model"):
        value = getattr(record, name.removeprefix("modified_"))
    return value


def is_same_part(name: str, field: Field, expected: str) -> bool:
    """Return whether a brand or model is the recorded one, in the forms that letters are compared in."""
    if name.endswith("model"):
        return records.model_key(field.value) == records.model_key(expected)
    return is_same_brand(field.value, expected)


def is_same_brand(stated: str, expected: str) -> bool:
    """Return whether two brands are equal but for 牌, script and width."""
    return normalise_name(stated).removesuffix("牌") == normalise_name(expected).removesuffix("牌")


def check_issuer(case: Case) -> Iterator[Check]:
    """The proof comes from the maker of the modified vehicle; anybody else's is for a person."""
    issuer = case.seen.letter.issuer
    for match in case.facts.vehicles:
        for record in match.records:
            subject = {"vin": match.claim.vin.value}
            details = {"subject": subject, "evidence": evidence_of(issuer)}
            if issuer is None or not record.manufacturer:
                yield unsure("record.manufacturer", "not_stated", **details)
            elif normalise_name(issuer.value) == normalise_name(record.manufacturer):
                yield passed("record.manufacturer", found=issuer.value, expected=record.manufacturer, **details)
            else:
                yield unsure(
                    "record.manufacturer",
                    "other_modifier",
                    found=issuer.value,
                    expected=record.manufacturer,
                    **details,
                )


def check_announcement(case: Case) -> Iterator[Check]:
    """The product stands in the ministry's announcement, as the operator's list has it."""
    letter = case.seen.letter
    for match in case.facts.vehicles:
        for record in match.records:
            day = record.application_date or case.on
            yield announcement_row(record, letter, case.facts.registry, day)


def check_ccc(case: Case) -> Iterator[Check]:
    """The product holds a compulsory product certificate, as the operator's list has it."""
    letter = case.seen.letter
    for match in case.facts.vehicles:
        for record in match.records:
            day = record.application_date or case.on
            yield ccc_row(record, letter, case.facts.registry, day)


def announcement_row(record: VehicleRecord, proof: Letter | None, registry: Registry, day: date) -> Check:
    """Return `notice.announcement` of a modified vehicle: what proof or record state, held against the list."""
    stated = proof.announcement if proof else None
    listed = None
    if registry.announcements is not None:
        listed = [
            (announcement_key(entry.announcement), entry) for entry in registry.announcements if _covers(entry, record)
        ]
    given = announcement_key(record.announcement) if record.announcement else None
    read = announcement_key(stated.value) if stated else None
    return _product_row("notice.announcement", record, stated, (read, given, record.announcement), listed, day)


def ccc_row(record: VehicleRecord, proof: Letter | None, registry: Registry, day: date) -> Check:
    """Return `notice.ccc` of a modified vehicle, as `announcement_row` does."""
    stated = proof.ccc_certificate if proof else None
    listed = None
    if registry.ccc is not None:
        listed = [(certificate_key(entry.certificate), entry) for entry in registry.ccc if _covers(entry, record)]
    given = certificate_key(record.ccc_certificate) if record.ccc_certificate else None
    read = certificate_key(stated.value) if stated else None
    return _product_row("notice.ccc", record, stated, (read, given, record.ccc_certificate), listed, day)


def _covers(entry: Announcement | CccCertificate, record: VehicleRecord) -> bool:
    """Return whether a list's entry is about the vehicle's product; a blank brand or model is about all of them."""
    brand, model = recorded_part(record, "modified_brand"), recorded_part(record, "modified_model")
    same_brand = not entry.brand or (brand is not None and is_same_brand(brand, entry.brand))
    same_model = not entry.model or (model is not None and records.model_key(model) == records.model_key(entry.model))
    return same_brand and same_model


def _product_row(
    identity: str,
    record: VehicleRecord,
    stated: Field | None,
    keys: tuple[str | None, str | None, str | None],
    listed: list[tuple[str, Announcement]] | list[tuple[str, CccCertificate]] | None,
    day: date,
) -> Check:
    """Return the row for `keys`: as the proof states it, as the record does, and the record's own words."""
    read, given, words = keys
    evidence: tuple[Evidence, ...] = evidence_of(stated)

    def row(outcome: Outcome, reason: str | None) -> Check:
        shown = stated.value if stated else words
        return make_check(
            identity, outcome, reason, subject={"vin": record.vin}, found=shown, expected=words, evidence=evidence
        )

    if read is None and given is None:
        return row(Outcome.FAIL, "not_stated")
    if read is not None and given is not None and read != given:
        return row(Outcome.UNSURE, "conflict")
    if listed is None:
        return row(Outcome.UNSURE, "list_missing")
    found = [entry for key, entry in listed if key == (read or given)]
    if not found:
        return row(Outcome.UNSURE, "not_listed")
    if not any(_is_valid(entry, day) for entry in found):
        return row(Outcome.UNSURE, "not_valid_then")
    return row(Outcome.PASS, None)


def _is_valid(entry: Announcement | CccCertificate, day: date) -> bool:
    return (entry.valid_from is None or entry.valid_from <= day) and (entry.valid_to is None or day <= entry.valid_to)


CHECKS: tuple[Rule, ...] = (
    records.check_found,
    records.check_vin,
    check_modification,
    check_issuer,
    check_applicant,
    check_announcement,
    check_ccc,
)
