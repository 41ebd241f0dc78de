"""The truth beside a folder of letters: what each says, and what an honest verdict is."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from verifier.errors import InvalidInputError

FILE, TABLE = "truth.jsonl", "truth.csv"
"""An office keeps its own truth in whichever it likes better."""
TABLE_COLUMNS = ("file", "genuine")
"""Required in truth.csv; expected_verdict, defect, number, issuer, issued_on, valid_until, export_country and vins
(parted by spaces) may stand beside them."""
YES, NO = ("yes", "true", "1", "是"), ("no", "false", "0", "否")
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
    expected_verdict: str = ""
    """Empty: verified where it is genuine, flagged otherwise."""
    fields: TrueFields = TrueFields()
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
    def should_pass(self) -> bool:
        """Whether an honest verdict needs nobody."""
        return self.genuine and self.expected_verdict in ("", "verified")

    @property
    def groups(self) -> tuple[tuple[str, str], ...]:
        """(dimension, group) pairs to count figures over."""
        captured = f"{self.capture.form} {self.capture.colour} {self.capture.dpi} dpi" if self.capture.form else ""
        named = (
            ("layout", self.layout),
            ("font", self.font),
            ("maker", self.maker),
            ("capture", self.capture.name or captured),
            ("defect", self.defect or ("none" if self.genuine else "")),
        )
        part = ("part", "kept aside" if self.kept_aside else "tuning")
        return (part, *(pair for pair in named if pair[1]))


def read_truth(folder: Path) -> tuple[Truth, ...]:
    """Return the truth of a folder of letters; raises InvalidInputError where it has none or it is broken."""
    table = folder / TABLE
    truths = _rows(table) if table.is_file() else _lines(folder / FILE, Truth)
    found = tuple(truths)
    for truth in found:
        if not (folder / truth.file).is_file():
            raise InvalidInputError(f"{truth.file} is named in the truth and is not in {folder}")
    return found


def read_true_applications(folder: Path) -> tuple[TrueApplication, ...]:
    """Return the expected application reports beside a folder's letters, none where it has none."""
    path = folder / APPLICATIONS
    return tuple(_lines(path, TrueApplication)) if path.is_file() else ()


def _rows(path: Path) -> Iterator[Truth]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in TABLE_COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise InvalidInputError(f"{path.name} lacks the column {', '.join(missing)}")
        for number, row in enumerate(reader, 2):
            genuine = (row["genuine"] or "").strip().lower()
            if genuine not in (*YES, *NO):
                raise InvalidInputError(f"{path.name}, line {number}: genuine is yes or no, not {genuine!r}")
            yield _of_row(row, genuine in YES)


def _of_row(row: Mapping[str, str | None], genuine: bool) -> Truth:
    cells = {name: (value or "").strip() or None for name, value in row.items() if isinstance(name, str)}
    fields = TrueFields(
        number=cells.get("number"),
        issuer=cells.get("issuer"),
        issued_on=cells.get("issued_on"),
        valid_until=cells.get("valid_until"),
        export_country=cells.get("export_country"),
        vehicles=tuple(TrueVehicle(vin) for vin in (cells.get("vins") or "").split()),
    )
    return Truth(
        cells["file"] or "",
        genuine,
        cells.get("expected_verdict") or "",
        fields,
        layout=cells.get("layout") or "",
        maker=cells.get("maker") or "",
        defect=cells.get("defect"),
    )


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
