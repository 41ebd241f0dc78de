"""A registration certificate becomes a vehicle's record once an official has confirmed what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import get_type_hints

from verifier.errors import InvalidInputError
from verifier.examination import Examination
from verifier.formats import vin as vins
from verifier.letter import Field, Kind
from verifier.record import VehicleRecord

NEEDED = ("brand", "model", "manufacturer", "registration_date", "owner")
"""What a certificate always states: where it was not read, the official types it."""
_HINTS = get_type_hints(VehicleRecord)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An official's word: who confirms, and every value typed instead of, or in addition to, what was read.

    `values` go by the names of `VehicleRecord`, dates as 2026-01-15: corrections, and what the application adds.
    """

    official: str
    values: Mapping[str, str] = field(default_factory=dict)


def record_of_certificate(seen: Examination, confirmation: Confirmation) -> VehicleRecord:
    """Return the vehicle's record as the certificate says and the official confirms.

    Raises InvalidInputError where the paper is no certificate, nobody confirms, a value is missing or of no known name,
    or the VIN is none: a record must never rest on a guess.
    """
    if seen.letter.kind is not Kind.REGISTRATION_CERTIFICATE:
        raise InvalidInputError(f"a {seen.letter.kind.value.replace('_', ' ')} is no registration certificate")
    if not confirmation.official.strip():
        raise InvalidInputError("a certificate is taken over only where an official confirms it")
    read = _read(seen)
    typed = {name: _typed(name, value) for name, value in confirmation.values.items()}
    record = replace(read, **typed)  # type: ignore[arg-type]  # names and types are those of the class
    if not vins.is_valid(record.vin):
        raise InvalidInputError(f"vin: {record.vin or 'none'} is no vehicle identification number")
    missing = [name for name in NEEDED if getattr(record, name) is None]
    if missing:
        raise InvalidInputError(f"not read, to be typed by the official: {', '.join(missing)}")
    return record


def _read(seen: Examination) -> VehicleRecord:
    letter = seen.letter
    vehicle = letter.vehicles[0] if letter.vehicles else None
    return VehicleRecord(
        vin=vehicle.vin.value if vehicle else "",
        brand=_text(vehicle.brand) if vehicle else None,
        model=_text(vehicle.model) if vehicle else None,
        manufacturer=_text(letter.manufacturer),
        registration_date=_date(vehicle.registration_date) if vehicle else None,
        transfer_date=_date(vehicle.transfer_date) if vehicle else None,
        owner=_text(letter.owner),
    )


def _text(stated: Field | None) -> str | None:
    """Return a value that was read without doubt."""
    return stated.value if stated and not stated.doubt else None


def _date(stated: Field | None) -> date | None:
    return date.fromisoformat(stated.value) if stated and not stated.doubt else None


def _typed(name: str, value: str) -> str | date:
    if name not in _HINTS:
        raise InvalidInputError(f"{name}: a record has no such value")
    if _HINTS[name] != (date | None):
        return vins.normalise(value) if name == "vin" else value.strip()
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise InvalidInputError(f"{name}: must be a date like 2026-01-15, not {value!r}") from None
