"""Export applications and the vehicle records they are judged by."""

from __future__ import annotations

import base64
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, ConfigDict, Field

from verifier.cases import dossiers, recording
from verifier.cases.dossiers import WantedRecords
from verifier.errors import RequestError
from verifier.formats.countries import is_code
from verifier.formats.vin import normalise
from verifier.record import VehicleRecord
from verifier.report import to_json
from verifier.web import shapes
from verifier.web.auth import Asking
from verifier.web.deps import TheService
from verifier.web.problems import problems

router = APIRouter(prefix="/v1", tags=["applications and records"])
MOST_RECORDS = 1000
LARGEST_CSV = 8 * 1024 * 1024
Short = Annotated[str | None, Field(max_length=300)]


class VehicleRow(BaseModel):
    """One vehicle as its registration certificate says; dates like 2026-01-15, countries ISO 3166 alpha-2."""

    model_config = ConfigDict(
        extra="forbid",
        from_attributes=True,
        json_schema_extra={
            "example": {
                "vin": "LSVAA4182E2184847",
                "brand": "北辰牌",
                "model": "BC7001A",
                "manufacturer": "北辰汽车有限公司",
                "registration_date": "2025-12-20",
                "transfer_date": "2026-01-10",
                "export_country": "KZ",
                "applicant": "天津远航贸易有限公司",
                "application_date": "2026-01-25",
                "application_number": "AP-1",
            }
        },
    )
    vin: str = Field(min_length=1, max_length=32)
    brand: Short = None
    model: Short = None
    manufacturer: Short = None
    registration_date: date | None = None
    transfer_date: date | None = None
    export_country: str | None = Field(None, pattern="^[A-Z]{2}$")
    applicant: Short = None
    application_date: date | None = None
    application_number: str | None = Field(None, min_length=1, max_length=128)
    brand_en: Short = None
    owner: Short = None
    received_on: date | None = None
    applied_brand: Short = None
    applied_model: Short = None
    applied_registration_date: date | None = None
    applied_transfer_date: date | None = None
    chassis_manufacturer: Short = None
    chassis_brand: Short = None
    chassis_model: Short = None
    modified_brand: Short = None
    modified_model: Short = None
    announcement: Short = None
    ccc_certificate: Short = None

    def as_record(self) -> VehicleRecord:
        """Return the record; raises RequestError where VIN or country is none."""
        vin = normalise(self.vin)
        if not vin or any("\x00" in value for value in self.model_dump().values() if isinstance(value, str)):
            raise RequestError("vin: letters and digits are needed")
        if self.export_country and not is_code(self.export_country):
            raise RequestError("export_country: not an ISO 3166 alpha-2 code")
        return VehicleRecord(**self.model_dump() | {"vin": vin})


class Rows(BaseModel):
    """Some records; `next` is the cursor of the page after."""

    items: list[VehicleRow]
    next: str | None


class Stored(BaseModel):
    """How many rows were added or replaced."""

    stored: int


class Numbers(BaseModel):
    """Application numbers in order; `next` is the cursor of the page after."""

    items: list[str]
    next: str | None


class Application(BaseModel):
    """An application: its records, documents, and report as application_report.schema.json describes it."""

    application: str
    records: list[VehicleRow]
    documents: list[shapes.Document]
    report: dict[str, Any]


@router.get("/applications", responses=problems(), summary="List applications")
def list_applications(
    service: TheService,
    asking: Asking,
    limit: shapes.Limit = 50,
    cursor: Annotated[str | None, Query(max_length=700, pattern="^[A-Za-z0-9_-]+$")] = None,
) -> Numbers:
    """Return the numbers of all applications that have records."""
    found = dossiers.list_applications(service.database, _number_of(cursor), limit + 1, asking.known)
    return Numbers(items=list(found[:limit]), next=_cursor_of(found[limit - 1]) if len(found) > limit else None)


def _cursor_of(number: str) -> str:
    return base64.urlsafe_b64encode(number.encode()).decode().rstrip("=")


def _number_of(cursor: str | None) -> str | None:
    if cursor is None:
        return None
    try:
        number = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError as error:
        raise RequestError("cursor: not one that was given") from error
    if "\x00" in number:
        raise RequestError("cursor: not one that was given")
    return number


@router.get("/applications/{application}", responses=problems(404), summary="Show an application")
def show_application(
    application: shapes.ApplicationNumber,
    service: TheService,
    asking: Asking,
    on: Annotated[date | None, Query(description="Day to judge on, not today.")] = None,
) -> Application:
    """Return which vehicle of an application still lacks what, from its documents' newest reports."""
    day = on or datetime.now(ZoneInfo("Asia/Shanghai")).date()
    dossier = dossiers.open_dossier(service.database, application, asking.limited_to, day, asking.known)
    return Application(
        application=dossier.number,
        records=[VehicleRow.model_validate(one) for one in dossier.records],
        documents=[shapes.Document.of(one) for one in dossier.documents],
        report=to_json(dossier.report),
    )


@router.put("/applications/{application}/records", responses=problems(413), summary="Put an application's records")
def put_application(
    application: shapes.ApplicationNumber,
    rows: Annotated[list[VehicleRow], Body(max_length=MOST_RECORDS)],
    service: TheService,
    asking: Asking,
) -> Stored:
    """Add or replace records of an application, one a VIN; documents that name them are judged again."""
    records = [row.as_record() for row in rows]
    return Stored(stored=recording.put_application(service.database, application, records, asking.name, asking.office))


@router.get("/records", responses=problems(), summary="List records")
def list_records(
    service: TheService,
    asking: Asking,
    limit: shapes.Limit = 50,
    cursor: Annotated[int, Query(ge=0, le=2**31 - 1, description="`next` of the page before.")] = 0,
    application: Annotated[str | None, Query(max_length=128)] = None,
    vin: Annotated[str | None, Query(max_length=32)] = None,
) -> Rows:
    """Return vehicle records in the order they came in."""
    page = dossiers.list_records(service.database, WantedRecords(application, vin, cursor), limit, asking.known)
    items = [VehicleRow.model_validate(one) for one in page.records]
    return Rows(items=items, next=None if page.next is None else str(page.next))


@router.post("/records", responses=problems(413, 415), summary="Import records.csv")
def import_records(
    table: Annotated[
        bytes, Body(media_type="text/csv", max_length=LARGEST_CSV, description="UTF-8 with header, as the contract.")
    ],
    service: TheService,
    asking: Asking,
) -> Stored:
    """Add or replace the records of a CSV, one per VIN and application; what cannot be used is named."""
    return Stored(stored=recording.import_csv(service.database, table, asking.name, asking.office))
