"""The fields a verdict rests on, by the names that findings carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from verifier.letter import Field, Letter, ServiceOutlet, VehicleClaim


class Sort(Enum):
    """How a field's text is compared."""

    VIN = auto()
    COUNTRY = auto()
    DATE = auto()
    NAME = auto()
    """Every character counts: the issuer."""
    CODE = auto()
    """Short; a reader may take one sign for another: number, brand, model."""
    PROSE = auto()
    """Long text in any script, where readers err: addresses, providers."""


@dataclass(frozen=True, slots=True)
class VerdictField:
    """A field that the verdict rests on."""

    name: str
    sort: Sort
    field: Field


_CODES = ("chassis_brand", "chassis_model", "modified_brand", "modified_model", "announcement", "ccc_certificate")
_NAMES = ("owner", "manufacturer")
"""What proofs and certificates state."""


def verdict_fields(letter: Letter) -> tuple[VerdictField, ...]:
    """Return the verdict fields that the letter states, in the order of the contract."""
    return tuple(VerdictField(name, sort, field) for name, sort, field in _all(letter) if field is not None)


def _all(letter: Letter) -> Iterator[tuple[str, Sort, Field | None]]:
    yield "number", Sort.CODE, letter.number
    yield "issuer", Sort.NAME, letter.issuer
    yield "issued_on", Sort.DATE, letter.issued_on
    yield "valid_until", Sort.DATE, letter.valid_until
    yield "export_country", Sort.COUNTRY, letter.export_country
    for index, country in enumerate(letter.export_countries):
        yield f"export_countries[{index}]", Sort.COUNTRY, country
    for index, vehicle in enumerate(letter.vehicles):
        yield from _of_vehicle(f"vehicles[{index}]", vehicle)
    for index, outlet in enumerate(letter.outlets):
        yield from _of_outlet(f"outlets[{index}]", outlet)
    for name in _CODES:
        yield name, Sort.CODE, getattr(letter, name)
    for name in _NAMES:
        yield name, Sort.NAME, getattr(letter, name)
    yield "mortgaged", Sort.PROSE, letter.mortgaged


def _of_vehicle(name: str, vehicle: VehicleClaim) -> Iterator[tuple[str, Sort, Field | None]]:
    yield f"{name}.vin", Sort.VIN, vehicle.vin
    yield f"{name}.brand", Sort.CODE, vehicle.brand
    yield f"{name}.model", Sort.CODE, vehicle.model
    yield f"{name}.registration_date", Sort.DATE, vehicle.registration_date
    yield f"{name}.transfer_date", Sort.DATE, vehicle.transfer_date
    yield f"{name}.export_country", Sort.COUNTRY, vehicle.export_country


def _of_outlet(name: str, outlet: ServiceOutlet) -> Iterator[tuple[str, Sort, Field | None]]:
    yield f"{name}.name", Sort.PROSE, outlet.name
    yield f"{name}.address", Sort.PROSE, outlet.address
    yield f"{name}.country", Sort.COUNTRY, outlet.country
