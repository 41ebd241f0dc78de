"""Applications judged as if every paper had been read without fault: what is decided after reading, in thousands."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from samples.as_read import letter_as_read, paper_as_read
from samples.filing import Row
from samples.filings import Filing
from samples.world.makers import MAKERS
from samples.world.modifiers import MODIFIERS
from tests.proofs.harness import JUDGED_ON
from verifier.record import (
    Announcement,
    CccCertificate,
    Maker,
    Records,
    Registry,
    Specimen,
    VehicleRecord,
)
from verifier.report import ApplicationReport, Report
from verifier.second_pass import Examined, judge_applications, judge_documents

DATES = frozenset(field.name for field in fields(VehicleRecord) if "date" in str(field.type))


@dataclass(frozen=True, slots=True)
class JudgedSets:
    """What came of a set of applications."""

    documents: tuple[Report, ...]
    applications: tuple[ApplicationReport, ...]


def examined_of(filing: Filing) -> list[Examined]:
    """Return an application's documents as read."""
    confidence = 0.3 if filing.poor else 0.99
    number = filing.application if filing.tied else None
    seen = [letter_as_read(plan, confidence=confidence) for plan in filing.letters]
    seen += [paper_as_read(paper) for paper in filing.papers]
    return [Examined(f"{filing.application}-{k}", one, number) for k, one in enumerate(seen)]


def office_of(filings: Sequence[Filing]) -> tuple[Records, Registry]:
    """Return the office's records and what it knows: makers, impressions, lists."""
    records = Records(tuple(_record(row) for filing in filings for row in filing.rows))
    makers = [Maker(m.name, m.name_en, wmi=m.wmi) for m in MAKERS]
    makers += [Maker(m.name, m.name_en, wmi=m.wmi, kind="modified") for m in MODIFIERS]
    listed = [row for filing in filings for row in filing.listed]
    return records, Registry(
        registered=tuple(makers),
        specimens=tuple(Specimen(m.name, np.zeros((2, 2, 3), np.uint8), f"specimen {m.name}") for m in makers),
        makers=tuple(makers),
        announcements=tuple(
            Announcement(r["announcement"], r["brand"], r["model"], *_validity(r))
            for r in _rows(listed, "announcements")
        ),
        ccc=tuple(
            CccCertificate(r["certificate"], r["holder"], r["brand"], r["model"], *_validity(r))
            for r in _rows(listed, "ccc")
        ),
    )


def _rows(listed: Sequence[Row], name: str) -> list[Row]:
    return [row for row in listed if row["list"] == name]


def _validity(row: Row) -> tuple[date, date]:
    return date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_to"])


def _record(row: Row) -> VehicleRecord:
    values = {
        name: (date.fromisoformat(value) if name in DATES else value) if value else None for name, value in row.items()
    }
    return VehicleRecord(**values)  # type: ignore[arg-type]  # columns of records.csv are its fields


def judged_sets(filings: Sequence[Filing], *, shuffled: int | None = None) -> JudgedSets:
    """Return what the applications get; `shuffled` mixes documents and records by that seed first."""
    records, registry = office_of(filings)
    documents = [one for filing in filings for one in examined_of(filing)]
    if shuffled is not None:
        mixed = list(records.vehicles)
        random.Random(shuffled).shuffle(documents)
        random.Random(shuffled + 1).shuffle(mixed)
        records = Records(tuple(mixed))
    reports = judge_documents(documents, (), records, registry, JUDGED_ON)
    numbers = [filing.application for filing in filings]
    pairs = zip(documents, reports, strict=True)
    return JudgedSets(reports, judge_applications(numbers, pairs, records, registry, JUDGED_ON))
