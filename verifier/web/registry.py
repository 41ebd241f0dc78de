"""The seal registry and the ministry's lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Body, Depends, File, Form, Response, UploadFile
from PIL import Image
from pydantic import BaseModel

from verifier.cases import judging, office, recording
from verifier.cases.office import Registration
from verifier.errors import NotFoundError
from verifier.inputs import SPECIMEN_COLUMNS
from verifier.record import Specimen, SpecimenStatus
from verifier.store.database import Database
from verifier.web import shapes
from verifier.web.auth import Asking
from verifier.web.deps import TheService
from verifier.web.problems import problems

router = APIRouter(prefix="/v1", tags=["seals and lists"])
LARGEST_CSV = 8 * 1024 * 1024
IMAGE = "impression"
Text = Annotated[str, Form(max_length=300)]


class Impression(BaseModel):
    """One registered impression of a maker's official seal."""

    sha256: str
    manufacturer: str
    shape: str | None
    diameter_mm: float | None
    status: SpecimenStatus
    valid_from: date | None
    valid_to: date | None
    picture: str

    @classmethod
    def of(cls, specimen: Specimen) -> Impression:
        """Return an impression as the API shows it."""
        return cls(
            sha256=specimen.sha256,
            manufacturer=specimen.manufacturer,
            shape=specimen.shape,
            diameter_mm=specimen.diameter_mm,
            status=specimen.status,
            valid_from=specimen.valid_from,
            valid_to=specimen.valid_to,
            picture=f"/v1/seals/{specimen.sha256}/picture",
        )


class Impressions(BaseModel):
    """The registered impressions."""

    items: list[Impression]


class Registered(BaseModel):
    """What came of a registration: `problems` name what makes an impression poor to compare with.

    `notes` name what is still to be done, such as confirming where its characters stand; nothing waits for it.
    """

    registered: int
    problems: list[str]
    notes: list[str]


class Retirement(BaseModel):
    """Why an impression vouches no longer."""

    status: SpecimenStatus


class ListName(StrEnum):
    """The ministry's lists."""

    MAKERS = "makers"
    ANNOUNCEMENTS = "announcements"
    CCC = "ccc"


class Listed(BaseModel):
    """Which lists were ever imported, with their entries, and the version that reports name."""

    entries: dict[str, int | None]
    version: str


@router.get("/seals", responses=problems(), summary="List registered seals")
def list_seals(service: TheService, asking: Asking) -> Impressions:
    """Return every registered impression."""
    return Impressions(items=[Impression.of(one) for one in office.list_seals(service.database)])


@router.get(
    "/seals/{sha256}/picture",
    response_class=Response,
    responses={
        200: {"description": "The scan", "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}},
        **problems(404),
    },
    summary="Show a registered seal",
)
def show_seal(sha256: shapes.Digest, service: TheService, asking: Asking) -> Response:
    """Return the scan of an impression as it was registered."""
    found = next((one for one in office.list_seals(service.database) if one.sha256 == sha256), None)
    if found is None:
        raise NotFoundError("impression")
    written = io.BytesIO()
    Image.fromarray(found.pixels).save(written, "PNG", dpi=(found.dpi, found.dpi))
    return Response(written.getvalue(), media_type="image/png", headers={"Cache-Control": "private, max-age=300"})


@dataclass(frozen=True, slots=True)
class SentSeal:
    """A form with an impression: the columns of specimens.csv, and the picture."""

    row: Mapping[str, str]
    image: UploadFile

    def register(self, database: Database, who: str) -> Registration:
        """Register the impression, or replace it; raises InvalidInputError naming what cannot be used."""
        table, name = specimen_row(self.row)
        return recording.register_seals(database, table, {name: self.image.file.read()}, who)


def specimen_row(values: Mapping[str, str]) -> tuple[bytes, str]:
    """Return a specimens.csv of one row, and the name under which it expects the picture."""
    row = {**values, "image": IMAGE}
    assert set(SPECIMEN_COLUMNS) <= row.keys()
    table = io.StringIO()
    writer = csv.DictWriter(table, list(row))
    writer.writeheader()
    writer.writerow(row)
    return table.getvalue().encode(), IMAGE


def sent_seal(
    manufacturer: Text,
    image: Annotated[UploadFile, File(description="Scan of one impression, 300 dpi.")],
    manufacturer_en: Text = "",
    wmi: Text = "",
    shape: Text = "",
    diameter_mm: Text = "",
    valid_from: Text = "",
    valid_to: Text = "",
    former_names: Text = "",
) -> SentSeal:
    """Return the form as it was sent."""
    row = {
        "manufacturer": manufacturer,
        "manufacturer_en": manufacturer_en,
        "wmi": wmi,
        "shape": shape,
        "diameter_mm": diameter_mm,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "former_names": former_names,
    }
    return SentSeal(row, image)


SendingSeal = Annotated[SentSeal, Depends(sent_seal)]


@router.post("/seals", status_code=201, responses=problems(413), summary="Register a seal")
def register_seal(service: TheService, asking: Asking, sent: SendingSeal) -> Registered:
    """Register an impression of a maker's official seal, or replace it."""
    result = sent.register(service.database, asking.name)
    return Registered(
        registered=result.registered,
        problems=[code for _, found in result.problems for code in found],
        notes=[code for _, found in result.notes for code in found],
    )


@router.put("/seals/{sha256}/status", status_code=204, responses=problems(404), summary="Retire a seal")
def retire_seal(sha256: shapes.Digest, retirement: Retirement, service: TheService, asking: Asking) -> None:
    """Retire an impression, note that its seal was lost, or take it back into use."""
    recording.retire_seal(service.database, sha256, retirement.status, asking.name)


@router.get("/lists", responses=problems(), summary="Show the lists")
def show_lists(service: TheService, asking: Asking) -> Listed:
    """Return which lists there are."""
    registry = judging.load_registry(service.database)
    found = {"makers": registry.makers, "announcements": registry.announcements, "ccc": registry.ccc}
    entries = {name: None if rows is None else len(rows) for name, rows in found.items()}
    return Listed(entries=entries, version=registry.lists_version)


@router.put("/lists/{name}", status_code=204, responses=problems(413, 415), summary="Replace a list")
def put_list(
    name: ListName,
    table: Annotated[bytes, Body(media_type="text/csv", max_length=LARGEST_CSV)],
    service: TheService,
    asking: Asking,
) -> None:
    """Replace one of the ministry's lists by a CSV (UTF-8 with header); what cannot be used is named."""
    recording.put_list(service.database, name.value, table, asking.name)
