"""The notice judges applications: which vehicle needs a letter, and whether an undisputed one covers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from verifier.examination import Examination
from verifier.formats.names import normalise_name
from verifier.letter import Kind
from verifier.record import Records, Registry, VehicleRecord
from verifier.report import ApplicationReport, Check, Outcome, Report, VehicleReport, VehicleStatus, Verdict
from verifier.rules.catalogue import failed, passed, skipped, unsure
from verifier.rules.checklist import Item, checklist
from verifier.rules.modification import announcement_row, ccc_row

IN_FORCE_FROM = date(2026, 1, 1)
"""648: in force since 2026-01-01; vehicles transferred before are transitional."""
DIGEST = 12
"""Characters of a document's digest by which a row names it."""
OF_CERTIFICATES = ("certificate.owner", "certificate.mortgage")
"""Checks of a certificate that concern the vehicle's export itself (2024 No. 6)."""
LETTER_DAYS = 180
"""648-1(1): registered 0 to 180 calendar days before the application, 180 included."""


@dataclass(frozen=True, slots=True)
class Document:
    """A judged document of the run or the archive, as it stands to one application.

    `here` is its report on this application alone, where it was judged for another one.
    """

    seen: Examination
    report: Report
    here: Report | None = None

    def names(self, vin: str, kind: Kind) -> bool:
        """Return whether this is a paper of that kind which lists the vehicle."""
        letter = self.seen.letter
        return letter.kind is kind and any(v.vin.value == vin for v in letter.vehicles)

    def is_undisputed_for(self, number: str | None) -> bool:
        """Return whether nothing about it is left for a person, and it was compared with this application's records."""
        reports = (self.report, self.here) if self.here else (self.report,)
        compared = any(number in report.applications for report in reports)
        return compared and all(report.verdict is Verdict.VERIFIED for report in reports)

    @property
    def key(self) -> tuple[str, int]:
        """What sorts documents."""
        return self.seen.sha256, self.seen.part_index


def judge_application(
    number: str, records: Records, documents: tuple[Document, ...], on: date, registry: Registry
) -> ApplicationReport:
    """Return the report on one export application, whatever the order of its documents.

    A record without application date is a pre-check, judged as if applied for on the day `on`.
    """
    documents = tuple(sorted(documents, key=lambda document: document.key))
    vehicles = tuple(_vehicle(record, documents, on, registry) for record in records.of_application(number))
    checks = tuple(_all_vehicles(number, records, vehicles))
    flagged = any(
        check.outcome in (Outcome.FAIL, Outcome.UNSURE)
        for check in (*checks, *(c for vehicle in vehicles for c in vehicle.checks))
    )
    return ApplicationReport(number, Verdict.FLAGGED if flagged else Verdict.VERIFIED, vehicles, checks)


def age_days(record: VehicleRecord, on: date) -> int | None:
    """Return calendar days from registration to application (both are dates in Asia/Shanghai)."""
    if record.registration_date is None:
        return None
    return ((record.application_date or on) - record.registration_date).days


def _vehicle(record: VehicleRecord, documents: tuple[Document, ...], on: date, registry: Registry) -> VehicleReport:
    letters = [d for d in documents if d.names(record.vin, Kind.CONFIRMATION_LETTER)]
    proofs = [d for d in documents if d.names(record.vin, Kind.MODIFICATION_PROOF)] if record.is_modified else []
    covered = any(letter.is_undisputed_for(record.application_number) for letter in letters)
    age = age_days(record, on)
    status, check = _letter_required(record, age, covered, bool(letters), on)
    checks = (
        check,
        *_transitional(record, age, covered, on),
        *_declared(record),
        *_modification(record, documents, proofs, on, registry),
        *_certificates(record, documents),
    )
    shown = tuple(dict.fromkeys(d.seen.sha256 for d in (*letters, *proofs)))
    return VehicleReport(record.vin, age, status, shown, checks)


def _letter_required(
    record: VehicleRecord, age: int | None, covered: bool, named: bool, on: date
) -> tuple[VehicleStatus, Check]:
    identity = "notice.letter_required"
    details = {"subject": {"vin": record.vin}, "found": str(age)}
    if (record.application_date or on) < IN_FORCE_FROM:
        return VehicleStatus.NOT_REQUIRED, skipped(identity, "not_in_force", **details)
    if age is None or age < 0:
        return VehicleStatus.OFFICIAL, unsure(identity, "date_missing", **details)
    if age > LETTER_DAYS:
        return VehicleStatus.NOT_REQUIRED, skipped(identity, "not_required", **details)
    if covered:
        return VehicleStatus.COVERED, passed(identity, **details)
    if _is_transitional(record):
        return VehicleStatus.TRANSITIONAL, skipped(identity, "disputed" if named else "missing", **details)
    if named:
        return VehicleStatus.OFFICIAL, failed(identity, "disputed", **details)
    return VehicleStatus.MISSING, failed(identity, "missing", **details)


def _is_transitional(record: VehicleRecord) -> bool:
    return record.transfer_date is not None and record.transfer_date < IN_FORCE_FROM


def _transitional(record: VehicleRecord, age: int | None, covered: bool, on: date) -> Iterator[Check]:
    identity, subject = "notice.transitional", {"vin": record.vin}
    needs = (record.application_date or on) >= IN_FORCE_FROM and age is not None and 0 <= age <= LETTER_DAYS
    if not needs or not _is_transitional(record):
        yield skipped(identity, "not_transitional", subject=subject)
    elif covered:
        yield passed(identity, subject=subject)
    else:
        yield unsure(identity, "official", subject=subject, found=str(record.transfer_date))


def _declared(record: VehicleRecord) -> Iterator[Check]:
    """What was applied for equals the certificate (648-1(2))."""
    texts = [(record.applied_brand, record.brand), (record.applied_model, record.model)]
    yield _declaration(
        "notice.application_matches_certificate", record, [(a, b, _same_text(a, b)) for a, b in texts if a]
    )
    dates = [
        (record.applied_registration_date, record.registration_date),
        (record.applied_transfer_date, record.transfer_date),
    ]
    yield _declaration(
        "notice.dates_declared", record, [(str(a), str(b) if b else None, a == b) for a, b in dates if a]
    )


def _same_text(declared: str | None, certificate: str | None) -> bool:
    if not declared or not certificate:
        return False
    return normalise_name(declared).removesuffix("牌") == normalise_name(certificate).removesuffix("牌")


def _declaration(identity: str, record: VehicleRecord, pairs: list[tuple[str | None, str | None, bool]]) -> Check:
    subject = {"vin": record.vin}
    for declared, certificate, same in pairs:
        if not same and certificate:
            return failed(identity, "differs", subject=subject, found=declared, expected=certificate)
    for declared, certificate, _ in pairs:
        if not certificate:
            return unsure(identity, "no_record", subject=subject, found=declared)
    return passed(identity, subject=subject) if pairs else skipped(identity, "not_stated", subject=subject)


def _modification(
    record: VehicleRecord, documents: tuple[Document, ...], proofs: list[Document], on: date, registry: Registry
) -> Iterator[Check]:
    """The papers of a modified vehicle, its announcement and its product certificate (648-2)."""
    identity, subject = "notice.modification_documents", {"vin": record.vin}
    day = record.application_date or on
    if not record.is_modified or day < IN_FORCE_FROM:
        yield skipped(identity, "not_stated" if not record.is_modified else "not_in_force", subject=subject)
        return
    asked = checklist(registry.office)
    filed = [d for d in documents if d.names(record.vin, d.seen.letter.kind) or record.application_number in _filed(d)]
    good = [proof for proof in proofs if proof.is_undisputed_for(record.application_number)]
    assigned = {item: _assigned(item, filed, proofs) for item in asked.items}
    missing = [item for item, papers in assigned.items() if not papers]
    if missing:
        found = ", ".join(f"{item.name_zh} ({item.name})" for item in missing)
        found_zh = "、".join(item.name_zh for item in missing)
        yield (failed if asked.confirmed else unsure)(
            identity, "missing", subject=subject, found=found, found_zh=found_zh
        )
    elif proofs and not good:
        yield unsure(identity, "disputed", subject=subject)
    else:
        found = "; ".join(
            f"{item.name_zh}: {', '.join(paper.seen.sha256[:DIGEST] for paper in papers)}"
            for item, papers in assigned.items()
        )
        yield passed(identity, subject=subject, found=found)
    proof = next((one.seen.letter for one in (*good, *proofs)), None)
    yield announcement_row(record, proof, registry, day)
    yield ccc_row(record, proof, registry, day)


def _filed(document: Document) -> tuple[str, ...]:
    return (*document.report.applications, *(document.here.applications if document.here else ()))


def _assigned(item: Item, filed: list[Document], proofs: list[Document]) -> list[Document]:
    """Return the papers that are the item: a proof must name the vehicle, others may stand for the application."""
    if Kind.MODIFICATION_PROOF in item.kinds:
        return proofs
    return [document for document in filed if item.is_met_by(document.seen)]


def _certificates(record: VehicleRecord, documents: tuple[Document, ...]) -> Iterator[Check]:
    """What examined certificates of the vehicle say against its export: another owner, an open pledge."""
    found: dict[str, Check] = {}
    for document in documents:
        if document.names(record.vin, Kind.REGISTRATION_CERTIFICATE):
            for check in (document.here or document.report).checks:
                if check.id in OF_CERTIFICATES and check.outcome is Outcome.FAIL:
                    found.setdefault(check.id, replace(check, subject={"vin": record.vin}))
    yield from found.values()


def _all_vehicles(number: str, records: Records, vehicles: tuple[VehicleReport, ...]) -> Iterator[Check]:
    """One row a maker: every vehicle of it that needs a letter stands on an undisputed one."""
    by_maker: dict[str, list[VehicleReport]] = {}
    for record, vehicle in zip(records.of_application(number), vehicles, strict=True):
        by_maker.setdefault(record.letter_manufacturer or "?", []).append(vehicle)
    for maker, theirs in sorted(by_maker.items()):
        missing = sorted(v.vin for v in theirs if v.checks[0].outcome is Outcome.FAIL)
        subject = {"manufacturer": maker}
        if missing:
            yield failed("record.all_vehicles", "uncovered", subject=subject, found=", ".join(missing))
        else:
            yield passed("record.all_vehicles", subject=subject)
