"""What registration and application say, and what the office knows of makers, seals and lists. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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


@dataclass(frozen=True, slots=True, eq=False)
class Specimen:
    """One registered impression of a maker's official seal: the scan of it, RGB, 300 dpi unless said."""

    manufacturer: str
    image: Pixels
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

    @property
    def known_makers(self) -> tuple[Maker, ...]:
        """Listed makers first, then registered ones."""
        return (self.makers or ()) + self.registered
