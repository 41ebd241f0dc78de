"""What registration and application say, and what the office knows of makers, seals and lists. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Protocol

import numpy as np

from verifier.formats.names import normalise_name, spellings
from verifier.page import Pixels


@dataclass(frozen=True, slots=True)
class VehicleRecord:
    """One vehicle as its registration certificate says, with what the applicant declared.

    Blank cells are None; `application_date` None is a pre-check, judged on the day given.
    """

    vin: str
    brand: str | None = None
    model: str | None = None
    manufacturer: str | None = None
    registration_date: date | None = None
    transfer_date: date | None = None
    export_country: str | None = None
    """ISO 3166 alpha-2."""
    applicant: str | None = None
    application_date: date | None = None
    application_number: str | None = None
    brand_en: str | None = None
    owner: str | None = None
    received_on: date | None = None
    applied_brand: str | None = None
    applied_model: str | None = None
    applied_registration_date: date | None = None
    applied_transfer_date: date | None = None
    chassis_manufacturer: str | None = None
    chassis_brand: str | None = None
    chassis_model: str | None = None
    modified_brand: str | None = None
    modified_model: str | None = None
    announcement: str | None = None
    ccc_certificate: str | None = None

    @property
    def is_modified(self) -> bool:
        """Whether the record describes a modified vehicle."""
        return bool(self.chassis_manufacturer or self.modified_brand or self.modified_model)

    @property
    def letter_manufacturer(self) -> str | None:
        """Whose letter this vehicle needs: the chassis maker's where modified."""
        return self.chassis_manufacturer or self.manufacturer


@dataclass(frozen=True, slots=True)
class Records:
    """All vehicle records at hand; one VIN may stand in several applications."""

    vehicles: tuple[VehicleRecord, ...] = ()
    is_excerpt: bool = False
    """Whether there are more records than these: then none of a vehicle does not mean that none were given."""

    def of_vin(self, vin: str) -> tuple[VehicleRecord, ...]:
        """Return the records of `vin`, in input order."""
        return tuple(v for v in self.vehicles if v.vin == vin)

    def of_application(self, number: str) -> tuple[VehicleRecord, ...]:
        """Return the vehicles of one export application, in input order."""
        return tuple(v for v in self.vehicles if v.application_number == number)

    @property
    def application_numbers(self) -> tuple[str, ...]:
        """Every application number, in order of first appearance."""
        return tuple(dict.fromkeys(v.application_number for v in self.vehicles if v.application_number))


class SpecimenStatus(StrEnum):
    """Whether a registered impression may still vouch for a letter."""

    ACTIVE = "active"
    RETIRED = "retired"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Maker:
    """A vehicle manufacturer as listed by the ministry or registered with a seal."""

    name: str
    name_en: str | None = None
    former_names: tuple[str, ...] = ()
    wmi: tuple[str, ...] = ()
    kind: str = "vehicle"
    """`vehicle` or `modified`; only vehicle makers may issue confirmation letters."""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Its legal name and the English one."""
        return (self.name, self.name_en) if self.name_en else (self.name,)

    def is_called(self, name: str) -> bool:
        """Return whether `name` is exactly one of its names, former ones among them."""
        return any(normalise_name(name) in spellings(known) for known in (*self.names, *self.former_names))


class Makers:
    """Makers in order of precedence, found by any of their names in one look-up however many there are."""

    def __init__(self, makers: Iterable[Maker] = ()) -> None:
        self._makers = tuple(makers)

    def __reduce__(self) -> tuple[type[Makers], tuple[tuple[Maker, ...]]]:
        return Makers, (self._makers,)

    def named(self, name: str) -> Maker | None:
        """Return the maker whose legal, English or former name is exactly `name`, None where there is none.

        A current name wins over a former one, else the earlier maker.
        """
        wanted = normalise_name(name)
        return self._current.get(wanted) or self._former.get(wanted)

    def with_dash(self, name: str) -> str | None:
        """Return the known name whose dash was read as the numeral 一 in `name`, None where there is none."""
        return self._dashed.get(normalise_name(name))

    @cached_property
    def _current(self) -> Mapping[str, Maker]:
        return _by_spelling(self._makers, lambda maker: maker.names)

    @cached_property
    def _former(self) -> Mapping[str, Maker]:
        return _by_spelling(self._makers, lambda maker: maker.former_names)

    @cached_property
    def _dashed(self) -> Mapping[str, str]:
        dashed: dict[str, str] = {}
        for name in (name for maker in self._makers for name in (maker.name, *maker.former_names)):
            for spelt in spellings(name) - {normalise_name(name)}:
                dashed.setdefault(spelt, name)
        return dashed


def _by_spelling(makers: Iterable[Maker], names: Callable[[Maker], Iterable[str]]) -> Mapping[str, Maker]:
    found: dict[str, Maker] = {}
    for maker in makers:
        for spelt in (spelt for name in names(maker) for spelt in spellings(name)):
            found.setdefault(spelt, maker)
    return found


class LayoutState(StrEnum):
    """Who says where the characters of an impression stand."""

    PROPOSED = "proposed"
    """The software, each time anew."""
    CONFIRMED = "confirmed"
    """A registrar, once."""


@dataclass(frozen=True, slots=True)
class CharacterLayout:
    """What a registrar said last of where the characters of an impression's arc stand.

    Places are turns in [0, 2), clockwise from three o'clock along the middle of the text; depths are shares of the
    radius inward from the rim's mid-line (`seals.arc`). A layout taken back is `proposed` and has no boxes.
    """

    state: LayoutState
    by: str
    at: datetime
    text: str = ""
    """The carved characters, one a box."""
    band: tuple[float, float] = (0.0, 0.0)
    boxes: tuple[tuple[float, float], ...] = ()
    """Start and end of each character."""
    ring: tuple[float, float, float, float, float] = (0.0, 0.0, 0.0, 0.0, 0.0)
    """Rim that they were measured on, in pixels of the impression's scan: centre, semi-axes, tilt in radians."""


class Picture(Protocol):
    """A scan that is decoded when somebody looks at it."""

    def decode(self) -> Pixels:
        """Return its pixels, RGB; raises VerifierError where it cannot be decoded."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Specimen:
    """One registered impression of a maker's official seal: the scan of it, RGB, 300 dpi unless said."""

    manufacturer: str
    image: Pixels | Picture
    sha256: str
    dpi: float = 300.0
    shape: str | None = None
    diameter_mm: float | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    status: SpecimenStatus = SpecimenStatus.ACTIVE
    layout: CharacterLayout | None = None
    """None where no registrar ever said anything of it."""

    @property
    def pixels(self) -> Pixels:
        """The scan's pixels; of many registered impressions only those of the letter at hand are ever decoded."""
        return self.image if isinstance(self.image, np.ndarray) else self.image.decode()

    @property
    def confirmed_layout(self) -> CharacterLayout | None:
        """The layout that a registrar confirmed, None where the software's own holds."""
        return self.layout if self.layout and self.layout.state is LayoutState.CONFIRMED else None


@dataclass(frozen=True, slots=True)
class Announcement:
    """A product of the ministry's announcement list."""

    announcement: str
    brand: str
    model: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class CccCertificate:
    """A compulsory product certificate."""

    certificate: str
    holder: str
    brand: str
    model: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """What the office knows: makers, registered impressions, lists. None = that list was not given."""

    registered: tuple[Maker, ...] = ()
    """Makers with at least one registered impression."""
    specimens: tuple[Specimen, ...] = ()
    makers: tuple[Maker, ...] | None = None
    announcements: tuple[Announcement, ...] | None = None
    ccc: tuple[CccCertificate, ...] | None = None
    registry_version: str = "none"
    """Digest of specimens and registered makers."""
    lists_version: str = "none"
    """Digest of the lists."""
    office: str = "default"
    """Whose checklist for modified vehicles holds (models/modification_checklist.toml)."""

    known_makers: Makers = field(init=False, repr=False, compare=False, default_factory=Makers)
    """Listed makers first, then registered ones."""
    _active: Mapping[str, tuple[Specimen, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        active: dict[str, tuple[Specimen, ...]] = {}
        for specimen in self.specimens:
            if specimen.status is SpecimenStatus.ACTIVE:
                active[specimen.manufacturer] = (*active.get(specimen.manufacturer, ()), specimen)
        object.__setattr__(self, "_active", active)
        object.__setattr__(self, "known_makers", Makers((self.makers or ()) + self.registered))

    def active_specimens(self, maker: Maker | None) -> tuple[Specimen, ...]:
        """Return the maker's impressions that are neither retired nor lost; of no maker there are none."""
        return self._active.get(maker.name, ()) if maker else ()
