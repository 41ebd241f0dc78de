"""What we conclude. The dataclasses have exactly the names and shapes of the report contract."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from verifier.examination import plain_number
from verifier.page import Box

SCHEMA_VERSION = "1"


class Outcome(StrEnum):
    """Result of one check. `note` is shown and never flags; `skipped` was not looked at."""

    PASS = "pass"
    FAIL = "fail"
    UNSURE = "unsure"
    NOTE = "note"
    SKIPPED = "skipped"


class Verdict(StrEnum):
    """Result of one document."""

    VERIFIED = "verified"
    FLAGGED = "flagged"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place to look at."""

    page: int
    box: Box | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule applied to one subject: what was found, what was expected, where, and what to do."""

    id: str
    outcome: Outcome
    subject: dict[str, str] | None = None
    reason: str | None = None
    mend_by: str | None = None
    severity: str = "medium"
    audience: str = "all"
    clause: str = ""
    message: str = ""
    message_zh: str = ""
    advice: str = ""
    advice_zh: str = ""
    found: str | None = None
    expected: str | None = None
    evidence: tuple[Evidence, ...] = ()


MANDATORY_CHECKS: frozenset[str] = frozenset(
    [
        "letter.export_country",
        "letter.vehicles",
        "letter.outlets",
        "letter.outlets_country",
        "letter.issuer",
        "vin.reading",
        "vin.check_digit",
        "record.found",
        "record.manufacturer",
        "record.export_country",
        "seal.present",
        "seal.kind",
        "seal.colour",
        "seal.medium",
        "seal.specimen",
        "seal.text",
        "document.text_layer",
        "document.overlay",
    ]
)
"""CONTRACT, "Verdict": on a confirmation letter none of these may be skipped or absent."""


MANDATORY_PROOF_CHECKS: frozenset[str] = (MANDATORY_CHECKS - {"record.export_country"}) - {
    identity for identity in MANDATORY_CHECKS if identity.startswith("letter.")
} | {"record.modification", "notice.announcement", "notice.ccc"}
"""The same for a proof of modification: it names no destination and no outlets, but both products."""


def conclude(
    checks: tuple[Check, ...],
    *,
    mandatory: frozenset[str] = MANDATORY_CHECKS,
    stand_in_for_specimen: bool = False,
) -> Verdict:
    """Return the verdict of a legible document from its checks.

    `stand_in_for_specimen`: a valid signature by the issuer covers the whole file, so that `seal.specimen`
    may be skipped. Verified never rests on something not looked at: a mandatory check that is absent or
    skipped for any of its subjects flags.
    """
    if any(c.outcome in (Outcome.FAIL, Outcome.UNSURE) for c in checks):
        return Verdict.FLAGGED
    mandatory = mandatory - ({"seal.specimen"} if stand_in_for_specimen else set())
    looked_at = {c.id for c in checks if c.outcome is not Outcome.SKIPPED}
    skipped = {c.id for c in checks if c.outcome is Outcome.SKIPPED}
    if mandatory <= looked_at and not mandatory & skipped:
        return Verdict.VERIFIED
    return Verdict.FLAGGED


# --- the report as the contract spells it ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of its file this document is."""

    index: int
    of: int
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentName:
    """Identity of the document."""

    name: str
    sha256: str
    media_type: str
    part: Part


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Geometry of one page."""

    number: int
    width_mm: float
    rotation: int
    homography: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class ReportField:
    """F of the contract."""

    value: str
    text: str
    confidence: float
    page: int
    box: Box | None
    source: str


@dataclass(frozen=True, slots=True)
class ReportSeal:
    """A seal as the report shows it."""

    page: int
    box: Box
    shape: str
    colour: str
    kind: str
    medium: str
    text: str | None
    manufacturer: str | None
    score: float
    diameter_mm: float


@dataclass(frozen=True, slots=True)
class ReportError:
    """Why a document has no verdict, or is unreadable."""

    code: str
    message: str
    message_zh: str
    advice: str
    advice_zh: str
    retryable: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """Everything a judgement depends on, so that it can be repeated to the letter."""

    schema: str
    verifier: str
    rules: str
    reader: str
    models: str
    registry: str
    lists: str


@dataclass(frozen=True, slots=True)
class Seconds:
    """CPU seconds spent (wall clock where the child's share cannot be told)."""

    total: float = 0.0
    open: float = 0.0
    read: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """One document's report; `to_json` gives the contract's object."""

    document: DocumentName
    pages: tuple[ReportPage, ...]
    kind: str
    verdict: Verdict | None
    error: ReportError | None
    fields: dict[str, Any]
    seals: tuple[ReportSeal, ...]
    checks: tuple[Check, ...]
    applications: tuple[str, ...]
    judged_on: str
    record_digest: str
    versions: Versions
    seconds: Seconds


class VehicleStatus(StrEnum):
    """How an application's vehicle stands with the notice."""

    COVERED = "covered"
    MISSING = "missing"
    NOT_REQUIRED = "not_required"
    TRANSITIONAL = "transitional"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class VehicleReport:
    """One vehicle of an application."""

    vin: str
    age_days: int | None
    status: VehicleStatus
    documents: tuple[str, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class ApplicationReport:
    """One export application's report."""

    application: str
    verdict: Verdict
    vehicles: tuple[VehicleReport, ...]
    checks: tuple[Check, ...]


def to_json(report: Report | ApplicationReport) -> dict[str, Any]:
    """Return the report as JSON-ready builtins, named and shaped as the contract says."""
    built: dict[str, Any] = msgspec.to_builtins(report, enc_hook=plain_number)
    return built
