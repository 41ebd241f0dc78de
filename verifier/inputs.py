"""The contract's CSV inputs, read strictly: what cannot be used is named with its file, row and column."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar, get_type_hints

from verifier.errors import InvalidInputError
from verifier.formats.countries import is_code
from verifier.formats.vin import normalise
from verifier.impressions import EncodedPicture, dpi_of_impression
from verifier.record import (
    Announcement,
    CccCertificate,
    Maker,
    Records,
    Registry,
    Specimen,
    SpecimenStatus,
    VehicleRecord,
)

RECORD_COLUMNS = (
    "vin", "brand", "model", "manufacturer", "registration_date", "transfer_date", "export_country", "applicant",
    "application_date", "application_number",
)  # fmt: skip
SPECIMEN_COLUMNS = ("manufacturer", "manufacturer_en", "wmi", "image")
MAKER_COLUMNS = ("name", "name_en", "former_names", "kind", "valid_from", "valid_to")
ANNOUNCEMENT_COLUMNS = ("announcement", "brand", "model", "valid_from", "valid_to")
CCC_COLUMNS = ("certificate", "holder", "brand", "model", "valid_from", "valid_to")
MANIFEST_COLUMNS = ("path",)
MAKER_KINDS = ("vehicle", "modified")
_NAME_SEPARATOR = "|"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One document of a batch; `path` relative to the manifest."""

    path: Path
    application_number: str | None = None
    received_on: date | None = None
    kind: str | None = None
    earlier_verdict: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its place, for messages."""

    file: Path
    number: int
    values: Mapping[str, str]

    def text(self, column: str) -> str | None:
        return self.values.get(column, "").strip() or None

    def required(self, column: str) -> str:
        value = self.text(column)
        if value is None:
            raise self.wrong(column, "must not be empty")
        return value

    def date(self, column: str) -> date | None:
        value = self.text(column)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise self.wrong(column, f"must be a date like 2026-01-15, not {value!r}") from None

    def number_of(self, column: str) -> float | None:
        value = self.text(column)
        try:
            return float(value) if value else None
        except ValueError:
            raise self.wrong(column, f"must be a number, not {value!r}") from None

    def names(self, column: str, separators: str = ";；|") -> tuple[str, ...]:
        value = self.text(column) or ""
        for separator in separators:
            value = value.replace(separator, _NAME_SEPARATOR)
        return tuple(part.strip() for part in value.split(_NAME_SEPARATOR) if part.strip())

    def one_of(self, column: str, allowed: tuple[str, ...], default: str) -> str:
        value = (self.text(column) or default).lower()
        if value not in allowed:
            raise self.wrong(column, f"must be one of {', '.join(allowed)}, not {value!r}")
        return value

    def wrong(self, column: str, what: str) -> InvalidInputError:
        return InvalidInputError(f"{self.file.name}, row {self.number}, column {column}: {what}")


def read_records(path: Path) -> Records:
    """Return the vehicle records of records.csv; raises InvalidInputError."""
    return Records(tuple(_record(row) for row in _rows(path, RECORD_COLUMNS)))


def _record(row: _Row) -> VehicleRecord:
    country = row.text("export_country")
    if country and not is_code(country.upper()):
        raise row.wrong("export_country", f"must be an ISO 3166 alpha-2 code like KZ, not {country!r}")
    values: dict[str, str | date | None] = {}
    for name, hint in get_type_hints(VehicleRecord).items():
        values[name] = row.date(name) if hint == (date | None) else row.text(name)
    values["vin"] = normalise(row.required("vin"))
    values["export_country"] = country.upper() if country else None
    return VehicleRecord(**values)  # type: ignore[arg-type]  # names and types come from the class itself


def read_specimens(path: Path) -> tuple[tuple[Maker, ...], tuple[Specimen, ...]]:
    """Return the registered makers and impressions of specimens.csv; raises InvalidInputError."""
    rows = list(_rows(path, SPECIMEN_COLUMNS))
    makers: dict[str, Maker] = {}
    for row in rows:
        name = row.required("manufacturer")
        maker = Maker(name, row.text("manufacturer_en"), row.names("former_names"), row.names("wmi", " ,;；|"))
        makers.setdefault(name, maker)
    return tuple(makers.values()), tuple(_specimen(row) for row in rows)


def _specimen(row: _Row) -> Specimen:
    image = row.file.parent / row.required("image")
    try:
        content = image.read_bytes()
    except OSError:
        raise row.wrong("image", f"{row.required('image')} cannot be read") from None
    dpi = dpi_of_impression(content, lambda what: row.wrong("image", f"{image.name} {what}"))
    return Specimen(
        manufacturer=row.required("manufacturer"),
        image=EncodedPicture(content, image.name),
        sha256=hashlib.sha256(content).hexdigest(),
        dpi=dpi,
        shape=row.text("shape"),
        diameter_mm=row.number_of("diameter_mm"),
        valid_from=row.date("valid_from"),
        valid_to=row.date("valid_to"),
        status=SpecimenStatus(row.one_of("status", tuple(SpecimenStatus), SpecimenStatus.ACTIVE)),
    )


def read_lists(folder: Path) -> Registry:
    """Return a registry with the lists of a folder, those that are there; raises InvalidInputError."""
    if not folder.is_dir():
        raise InvalidInputError(f"{folder} is not a folder")
    makers = _list(folder / "makers.csv", MAKER_COLUMNS, _maker)
    announcements = _list(folder / "announcements.csv", ANNOUNCEMENT_COLUMNS, _announcement)
    ccc = _list(folder / "ccc.csv", CCC_COLUMNS, _ccc)
    if makers is None and announcements is None and ccc is None:
        raise InvalidInputError(f"{folder} holds none of makers.csv, announcements.csv, ccc.csv")
    return with_versions(Registry(makers=makers, announcements=announcements, ccc=ccc))


def _list(path: Path, columns: tuple[str, ...], of_row: Callable[[_Row], T]) -> tuple[T, ...] | None:
    return tuple(of_row(row) for row in _rows(path, columns)) if path.is_file() else None


def _maker(row: _Row) -> Maker:
    return Maker(
        name=row.required("name"),
        name_en=row.text("name_en"),
        former_names=row.names("former_names"),
        kind=row.one_of("kind", MAKER_KINDS, "vehicle"),
        valid_from=row.date("valid_from"),
        valid_to=row.date("valid_to"),
    )


def _announcement(row: _Row) -> Announcement:
    return Announcement(
        row.required("announcement"),
        row.text("brand") or "",
        row.text("model") or "",
        row.date("valid_from"),
        row.date("valid_to"),
    )


def _ccc(row: _Row) -> CccCertificate:
    return CccCertificate(
        row.required("certificate"),
        row.text("holder") or "",
        row.text("brand") or "",
        row.text("model") or "",
        row.date("valid_from"),
        row.date("valid_to"),
    )


def check_table(path: Path, name: str) -> tuple[int, tuple[str, ...]]:
    """Return how many rows of a table can be used, and what is wrong with the others, one line each.

    `name` is `records`, `makers`, `announcements` or `ccc`. Raises InvalidInputError where it is no such table.
    """
    columns, of_row = _TABLES[name]
    usable, problems = 0, list[str]()
    for row in _rows(path, columns):
        try:
            of_row(row)
            usable += 1
        except InvalidInputError as error:
            problems.append(error.detail)
    return usable, tuple(problems)


_TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[_Row], object]]] = {
    "records": (RECORD_COLUMNS, _record),
    "makers": (MAKER_COLUMNS, _maker),
    "announcements": (ANNOUNCEMENT_COLUMNS, _announcement),
    "ccc": (CCC_COLUMNS, _ccc),
}


def read_manifest(path: Path) -> tuple[ManifestRow, ...]:
    """Return the documents of manifest.csv with paths made absolute; raises InvalidInputError."""
    return tuple(
        ManifestRow(
            path.parent / row.required("path"),
            row.text("application_number"),
            row.date("received_on"),
            row.text("kind"),
            row.text("earlier_verdict"),
        )
        for row in _rows(path, MANIFEST_COLUMNS)
    )


def with_versions(registry: Registry) -> Registry:
    """Return the registry with digests of what it holds, so that a report can name it."""
    seals = [
        (s.manufacturer, s.sha256, s.shape, s.diameter_mm, s.valid_from, s.valid_to, str(s.status), *_confirmed(s))
        for s in registry.specimens
    ]
    lists = (registry.makers, registry.announcements, registry.ccc)
    return replace(
        registry,
        registry_version=_digest((sorted(map(repr, seals)), sorted(map(repr, registry.registered)))),
        lists_version="none" if lists == (None, None, None) else _digest((*lists, registry.office)),
    )


def _confirmed(specimen: Specimen) -> tuple[object, ...]:
    """Return where the registrar says that the characters stand; nothing where the software's own places hold."""
    layout = specimen.confirmed_layout
    return (layout.text, layout.band, layout.boxes, layout.ring) if layout else ()


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:12]


def _rows(path: Path, required: tuple[str, ...]) -> Iterator[_Row]:
    """Yield the rows of a CSV file; raises InvalidInputError where it is no UTF-8 table with these columns."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InvalidInputError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise InvalidInputError(f"{path.name} is not UTF-8; save it as CSV UTF-8") from None
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        header = [name.strip() for name in reader.fieldnames or []]
        missing = [name for name in required if name not in header]
        if missing:
            raise InvalidInputError(f"{path.name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}")
        for values in reader:
            yield _Row(
                path, reader.line_num, {k.strip(): v or "" for k, v in values.items() if k and isinstance(v, str)}
            )
    except csv.Error as error:
        raise InvalidInputError(f"{path.name}: {error}") from error
