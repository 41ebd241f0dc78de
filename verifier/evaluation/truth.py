"""The truth beside a folder of letters: what each says, and what an honest verdict is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from verifier.errors import InvalidInputError

FILE = "truth.jsonl"
APPLICATIONS = "applications.jsonl"
T = TypeVar("T")


class TrueVehicle(msgspec.Struct, frozen=True):
    """One vehicle as printed."""

    vin: str
    brand: str | None = None
    model: str | None = None
    registration_date: str | None = None
    export_country: str | None = None


class TrueOutlet(msgspec.Struct, frozen=True):
    """One outlet as printed."""

    name: str | None = None
    address: str | None = None
    contact: str | None = None
    phone: str | None = None
    country: str | None = None


class TrueFields(msgspec.Struct, frozen=True):
    """What the page says, values normalised as in a report."""

    number: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    valid_until: str | None = None
    export_country: str | None = None
    vehicles: tuple[TrueVehicle, ...] = ()
    outlets: tuple[TrueOutlet, ...] = ()


class TrueCapture(msgspec.Struct, frozen=True):
    """How the paper became a file."""

    form: str = ""
    dpi: int = 0
    colour: str = ""
    name: str = ""


class TrueBox(msgspec.Struct, frozen=True):
    """Where a text stands: corners as fractions of the file's own page."""

    text: str
    page: int
    outline: tuple[tuple[float, float], ...]


class TrueSeal(msgspec.Struct, frozen=True):
    """Where a seal stands: its rim as fractions of the file's own page."""

    page: int
    outline: tuple[tuple[float, float], ...]


class TrueApplication(msgspec.Struct, frozen=True):
    """An application: the letters filed, the verdict, and the status of every vehicle by VIN."""

    application: str
    verdict: str
    statuses: dict[str, str]
    case: str = ""
    files: tuple[str, ...] = ()


class Truth(msgspec.Struct, frozen=True):
    """One letter; `must_trip` are the checks of which at least one must fail or be unsure for a planted defect."""

    file: str
    genuine: bool
    expected_verdict: str
    fields: TrueFields
    layout: str = ""
    font: str = ""
    maker: str = ""
    defect: str | None = None
    must_trip: tuple[str, ...] = ()
    capture: TrueCapture = TrueCapture()
    part: int = 1
    """Which document of a file that holds several."""
    boxes: tuple[TrueBox, ...] = ()
    seals: tuple[TrueSeal, ...] = ()
    seal_over_print: bool = False
    arc_print: float | None = None
    """Share of the ring with the name that lies on print."""
    kept_aside: bool = False

    @property
    def groups(self) -> tuple[tuple[str, str], ...]:
        """(dimension, group) pairs to count figures over."""
        return (
            ("part", "kept aside" if self.kept_aside else "tuning"),
            ("layout", self.layout),
            ("font", self.font),
            ("maker", self.maker),
            ("capture", self.capture.name or f"{self.capture.form} {self.capture.colour} {self.capture.dpi} dpi"),
            ("defect", self.defect or "none"),
        )


def read_truth(folder: Path) -> tuple[Truth, ...]:
    """Return the truth of a folder of letters; raises InvalidInputError where it has none or it is broken."""
    return tuple(_lines(folder / FILE, Truth))


def read_true_applications(folder: Path) -> tuple[TrueApplication, ...]:
    """Return the expected application reports beside a folder's letters, none where it has none."""
    path = folder / APPLICATIONS
    return tuple(_lines(path, TrueApplication)) if path.is_file() else ()


def _lines(path: Path, kind: type[T]) -> Iterator[T]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidInputError(f"{path} cannot be read: {error.strerror}") from error
    for number, line in enumerate(text.splitlines(), 1):
        try:
            yield msgspec.convert(json.loads(line), kind)
        except (ValueError, msgspec.ValidationError) as error:
            raise InvalidInputError(f"{path.name}, line {number}: {error}") from error
