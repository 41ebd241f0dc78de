"""From checks to the report that the contract spells out."""

from __future__ import annotations

from datetime import date

from verifier import __version__
from verifier.errors import UnreadableDocumentError, VerifierError
from verifier.examination import Examination
from verifier.letter import Field, Kind, Letter
from verifier.match import Facts
from verifier.record import Registry
from verifier.report import (
    MANDATORY_CHECKS,
    MANDATORY_PROOF_CHECKS,
    SCHEMA_VERSION,
    Check,
    DocumentName,
    Outcome,
    Part,
    Report,
    ReportError,
    ReportField,
    ReportPage,
    ReportSeal,
    Seconds,
    Verdict,
    Versions,
    conclude,
)

RULES_VERSION = "648.18"

_PROOF_FIELDS = (
    "chassis_brand",
    "chassis_model",
    "modified_brand",
    "modified_model",
    "announcement",
    "ccc_certificate",
)


def report(
    seen: Examination, facts: Facts, checks: tuple[Check, ...], registry: Registry, on: date, *, name: str
) -> Report:
    """Return the report on an examined document."""
    legible = any(page.lines for page in seen.pages)
    return Report(
        document=DocumentName(
            name,
            seen.sha256,
            seen.media_type,
            Part(seen.part_index, seen.part_of, tuple(page.number for page in seen.pages)),
        ),
        pages=tuple(ReportPage(p.number, round(p.width_mm, 1), p.rotation, p.homography) for p in seen.pages),
        kind=seen.letter.kind.value,
        verdict=_verdict(seen, checks) if legible else Verdict.UNREADABLE,
        error=None if legible else _error(UnreadableDocumentError("no page holds text that could be read")),
        fields=fields_of(seen.letter),
        seals=tuple(
            ReportSeal(
                s.page,
                s.box,
                s.shape,
                s.colour,
                s.kind,
                s.medium,
                s.text,
                s.comparison.manufacturer if s.comparison and s.comparison.likeness == "same" else None,
                round(s.score, 3),
                round(s.diameter_mm, 1),
            )
            for s in seen.seals
        ),
        checks=checks,
        applications=facts.applications,
        judged_on=on.isoformat(),
        record_digest=facts.record_digest,
        versions=versions(registry, reader=seen.reader_version, models=seen.models_version),
        seconds=Seconds(round(seen.seconds_total, 3), round(seen.seconds_open, 3), round(seen.seconds_read, 3)),
    )


_MANDATORY = {
    Kind.CONFIRMATION_LETTER: MANDATORY_CHECKS,
    Kind.MODIFICATION_PROOF: MANDATORY_PROOF_CHECKS,
}


def _verdict(seen: Examination, checks: tuple[Check, ...]) -> Verdict:
    """Only letters and proofs can be verified; certificates and other papers always go to a person."""
    mandatory = _MANDATORY.get(seen.letter.kind)
    signed = any(check.id == "document.signature" and check.outcome is Outcome.PASS for check in checks)
    return conclude(checks, mandatory=mandatory, stand_in_for_specimen=signed) if mandatory else Verdict.FLAGGED


def error_report(
    error: VerifierError, registry: Registry, on: date, *, name: str, sha256: str = "", media_type: str = ""
) -> Report:
    """Return the report on a document that could not be opened (unreadable) or processed (no verdict)."""
    unreadable = isinstance(error, UnreadableDocumentError)
    return Report(
        document=DocumentName(name, sha256, media_type, Part(1, 1, ())),
        pages=(),
        kind=Kind.UNKNOWN.value,
        verdict=Verdict.UNREADABLE if unreadable else None,
        error=_error(error),
        fields=fields_of(Letter(Kind.UNKNOWN)),
        seals=(),
        checks=(),
        applications=(),
        judged_on=on.isoformat(),
        record_digest="",
        versions=versions(registry, reader="", models=""),
        seconds=Seconds(),
    )


def _error(error: VerifierError) -> ReportError:
    return ReportError(error.code, error.message, error.message_zh, error.advice, error.advice_zh, error.retryable)


def versions(registry: Registry, *, reader: str, models: str) -> Versions:
    """Return every version a judgement depends on."""
    return Versions(
        schema=SCHEMA_VERSION,
        verifier=__version__,
        rules=RULES_VERSION,
        reader=reader,
        models=models,
        registry=registry.registry_version,
        lists=registry.lists_version,
    )


def fields_of(letter: Letter) -> dict[str, object]:
    """Return the contract's `fields` object; keys of proofs and certificates only for their kinds."""
    fields: dict[str, object] = {
        name: _field(getattr(letter, name))
        for name in (
            "number",
            "issuer",
            "issued_on",
            "valid_until",
            "addressee",
            "exporter",
            "export_country",
        )
    }
    fields["export_countries"] = [_field(country) for country in letter.export_countries]
    fields["vehicles"] = [
        {name: _field(getattr(vehicle, name)) for name in vehicle.__slots__} for vehicle in letter.vehicles
    ]
    fields["outlets"] = [
        {name: _field(getattr(outlet, name)) for name in outlet.__slots__} for outlet in letter.outlets
    ]
    if letter.kind is Kind.MODIFICATION_PROOF:
        fields |= {name: _field(getattr(letter, name)) for name in _PROOF_FIELDS}
    if letter.kind is Kind.REGISTRATION_CERTIFICATE:
        first = letter.vehicles[0] if letter.vehicles else None
        own = {name: _field(getattr(letter, name)) for name in ("owner", "manufacturer", "mortgaged")}
        about = ("brand", "model", "vin", "registration_date", "transfer_date")
        fields |= own | {name: _field(getattr(first, name, None)) for name in about}
    return fields


def _field(field: Field | None) -> ReportField | None:
    if field is None:
        return None
    return ReportField(field.value, field.text, round(field.confidence, 4), field.page, field.box, field.source.value)
