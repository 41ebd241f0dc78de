"""What a letter says, how its sheet is made, and what the office's records say about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samples.maker import Maker
from samples.place import Outlet
from samples.vehicles import Vehicle


@dataclass(frozen=True, slots=True)
class Letter:
    """What is printed. An empty `country_text` prints no destination; `number` may be empty too."""

    number: str
    issuer: str
    issuer_en: str
    city: str
    issued_on: date
    valid_until: date | None
    exporter: str
    exporter_en: str
    country: str
    country_text: str
    country_text_en: str
    vehicles: tuple[Vehicle, ...]
    outlets: tuple[Outlet, ...]


@dataclass(frozen=True, slots=True)
class SealPlan:
    """One impression; the same `seed` gives the same pixels. `over_print` stamps across the closing lines."""

    text: str
    seed: int
    shape: str = "round"
    diameter_mm: float = 40.0
    star: bool = True
    code: str = ""
    bottom: str = ""
    face: str = "song"
    ink: str = "red"
    wear: float = 0.3
    over_print: bool = True
    degrees: float = 0.0


@dataclass(frozen=True, slots=True)
class Capture:
    """How the paper became a file; `form` is png, jpg, tif, pdf_scan or pdf_born."""

    form: str = "jpg"
    dpi: int = 300
    colour: str = "colour"
    quality: int = 88
    noise: float = 2.5
    blur: float = 0.6
    skew_degrees: float = 0.0
    turned: int = 0
    shading: float = 0.0
    layer: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """What the registration certificates and the application say, apart from the letter."""

    application: str
    vehicles: tuple[Vehicle, ...]
    manufacturer: str
    export_country: str
    applicant: str
    applied_on: date
    received_on: date


@dataclass(frozen=True, slots=True)
class Plan:
    """One letter to make. `swaps` are (shown, stated) pairs in which layer or overlay lie about the pixels."""

    index: int
    seed: int
    letter: Letter
    records: Records
    maker: Maker
    layout: str
    type_name: str
    seal: SealPlan | None
    capture: Capture
    layer_swaps: tuple[tuple[str, str], ...] = ()
    overlay_swaps: tuple[tuple[str, str], ...] = ()
    defect: str | None = None
    must_trip: tuple[str, ...] = ()
    kept_aside: bool = False
    pasted_from: Plan | None = None
    """The letter whose scanned seal pixels were copied into this one's scan."""
