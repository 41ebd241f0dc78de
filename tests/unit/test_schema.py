"""Reports of every sort are what their published schemas say, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.unit.rules import builders as b
from verifier.errors import EmptyFileError, ProcessingError, VerifierError
from verifier.letter import Kind
from verifier.record import Records
from verifier.report import Report, to_json
from verifier.rules import error_report
from verifier.rules.applications import Document, judge_application

MODELS = Path(__file__).parents[2] / "models"


def _validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((MODELS / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def _plain(report: Any) -> Any:
    return json.loads(json.dumps(to_json(report)))


@pytest.mark.parametrize("kind", list(Kind))
def test_report_of_every_kind_fits(kind: Kind) -> None:
    report = b.judge(b.examination(letter=b.letter(kind=kind)))
    _validator("report.schema.json").validate(_plain(report))


@pytest.mark.parametrize("error", [EmptyFileError(), ProcessingError()])
def test_report_of_an_error_fits(error: VerifierError) -> None:
    report = error_report(error, b.registry(), b.ON, name="a.pdf")
    _validator("report.schema.json").validate(_plain(report))
    assert report.verdict == ("unreadable" if isinstance(error, EmptyFileError) else None)


def test_report_of_an_empty_letter_fits() -> None:
    empty = b.letter(issuer=None, export_country=None, export_countries=(), vehicles=(), outlets=())
    _validator("report.schema.json").validate(_plain(b.judge(b.examination(letter=empty, seals=()))))


def test_schema_refuses_what_it_does_not_name() -> None:
    plain = _plain(b.judge())
    assert not _validator("report.schema.json").is_valid(plain | {"extra": 1})
    assert not _validator("report.schema.json").is_valid(plain | {"verdict": "forged"})


def _application(*documents: Report, **record: Any) -> Any:
    held = tuple(Document(b.examination(), report) for report in documents)
    return judge_application("AP1", Records((b.record(**record),)), held, b.ON, b.registry())


@pytest.mark.parametrize(
    ("registered", "transferred", "applied", "status"),
    [
        (date(2025, 12, 20), date(2026, 1, 10), date(2026, 1, 25), "covered"),
        (date(2025, 8, 1), date(2026, 1, 10), date(2026, 1, 28), "covered"),  # day 180
        (date(2025, 8, 1), date(2026, 1, 10), date(2026, 1, 29), "not_required"),  # day 181
        (date(2026, 2, 1), date(2026, 1, 10), date(2026, 1, 29), "official"),
        (date(2025, 12, 20), date(2025, 12, 25), date(2025, 12, 31), "not_required"),
    ],
)
def test_ages_decide_and_reports_fit(registered: date, transferred: date, applied: date, status: str) -> None:
    report = _application(b.judge(), registration_date=registered, transfer_date=transferred, application_date=applied)
    _validator("application_report.schema.json").validate(_plain(report))
    assert report.vehicles[0].status == status


def test_letters_decide_status() -> None:
    flagged = replace(b.judge(), verdict="flagged")
    assert _application().vehicles[0].status == "missing"
    assert _application(flagged).vehicles[0].status == "official"
    assert _application(flagged, b.judge()).vehicles[0].status == "covered"
    assert _application(transfer_date=date(2025, 12, 31)).vehicles[0].status == "transitional"
    assert _application(transfer_date=date(2025, 12, 31)).verdict == "flagged"
