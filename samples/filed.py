"""What papers filed beside letters say: proofs of modification, registration certificates, and other papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof of modification prints. Empty texts are left out."""

    number: str
    issuer: str
    issuer_en: str
    exporter: str
    chassis_maker: str
    chassis_brand: str
    chassis_model: str
    modified_brand: str
    modified_model: str
    vins: tuple[str, ...]
    announcement: str
    ccc: str
    work: str
    """What was changed, in words."""
    issued_on: date


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """One owner of a vehicle, from the day of registration or transfer."""

    name: str
    identity: str
    since: date


@dataclass(frozen=True, slots=True)
class Mortgage:
    """A pledge entered into a certificate; `released_on` None while it is open."""

    to: str
    entered_on: date
    released_on: date | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a registration certificate prints: the registration page, and a row for each later entry."""

    serial: str
    office: str
    plate: str
    owners: tuple[OwnerRow, ...]
    """First owner first; each further one came by a transfer."""
    mortgages: tuple[Mortgage, ...]
    vin: str
    brand: str
    model: str
    manufacturer: str
    engine: str
    made_on: date
    for_export: bool = True
    """Whether the last transfer is entered as 待出口."""


@dataclass(frozen=True, slots=True)
class OtherPaper:
    """A paper that is neither: a title and lines of text."""

    title: str
    lines: tuple[str, ...]
    signed_by: str
    issued_on: date


Content = Proof | Certificate | OtherPaper
