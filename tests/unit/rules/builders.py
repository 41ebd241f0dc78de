"""A letter that deserves `verified`, with its record and registry; tests change one thing and look what flags."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from verifier import match, rules
from verifier.examination import Examination, Likeness, Seal, SealComparison
from verifier.history import History
from verifier.letter import Field, Kind, Letter, ServiceOutlet, VehicleClaim
from verifier.page import Box, Colour, Line, Page
from verifier.record import Maker, Records, Registry, Specimen, VehicleRecord
from verifier.report import Check, Report

ON = date(2026, 3, 1)
MAKER = "北辰汽车有限公司"
VIN = "LSVAA4182E2184847"
"""Position 9 fits by GB 16735."""
BOX = Box(0.1, 0.1, 0.4, 0.13)


def field(value: str, **changes: object) -> Field:
    """Return a surely read field."""
    return replace(Field(value, value, 0.99, 1, BOX), **changes)


def vehicle(vin: Field | None = None, **changes: object) -> VehicleClaim:
    """Return a claimed vehicle."""
    claim = VehicleClaim(vin or field(VIN), brand=field("北辰牌"), model=field("BC7001A"))
    dates = {"registration_date": field("2025-12-20"), "transfer_date": field("2026-01-10")}
    return replace(claim, **dates | changes)


def letter(**changes: object) -> Letter:
    """Return what a complete letter claims."""
    return replace(
        Letter(
            Kind.CONFIRMATION_LETTER,
            number=field("BC-2026-001"),
            issuer=field(MAKER),
            issued_on=field("2026-01-20"),
            exporter=field("天津远航贸易有限公司"),
            export_country=field("KZ"),
            export_countries=(field("KZ"),),
            vehicles=(vehicle(),),
            outlets=(ServiceOutlet(name=field("Almaty Auto"), address=field("Abay 10, Almaty"), country=field("KZ")),),
        ),
        **changes,
    )


def seal(**changes: object) -> Seal:
    """Return the maker's official seal in ink, equal to its registered impression."""
    compared = SealComparison(MAKER, "specimen", Likeness.SAME, "same", 0.97)
    whole = Seal(1, Box(0.6, 0.7, 0.8, 0.85), "round", "red", "official", "ink", 40.0, 0.98, MAKER, 0.95)
    return replace(whole, comparison=compared, **changes) if "comparison" not in changes else replace(whole, **changes)


def page(**changes: object) -> Page:
    """Return a page with one line."""
    line = Line("A", BOX, 0.99, (0.1, 0.4), (0.99,))
    return replace(Page(1, 210.0, 297.0, True, 300.0, Colour.COLOUR, False, 0, None, (line,)), **changes)


def examination(**changes: object) -> Examination:
    """Return what is seen in a faultless letter."""
    whole = Examination("a" * 64, "application/pdf", 1, 1, (page(),), letter(), (seal(),), (), False, "r", "m", "s")
    return replace(whole, **changes)


def record(**changes: object) -> VehicleRecord:
    """Return the vehicle's record."""
    return replace(
        VehicleRecord(
            VIN,
            brand="北辰牌",
            model="BC7001A",
            manufacturer=MAKER,
            registration_date=date(2025, 12, 20),
            transfer_date=date(2026, 1, 10),
            export_country="KZ",
            applicant="天津远航贸易有限公司",
            application_date=date(2026, 1, 25),
            application_number="AP1",
            received_on=date(2026, 2, 1),
        ),
        **changes,
    )


def specimen(**changes: object) -> Specimen:
    """Return the maker's registered impression."""
    return replace(Specimen(MAKER, np.zeros((2, 2, 3), np.uint8), "specimen"), **changes)


def registry(**changes: object) -> Registry:
    """Return an office that knows the maker and its seal."""
    makers = (Maker(MAKER, "Beichen Automobile Co., Ltd."),)
    return replace(Registry(registered=makers, specimens=(specimen(),), makers=makers), **changes)


def judge(
    seen: Examination | None = None,
    records: tuple[VehicleRecord, ...] | None = None,
    known: Registry | None = None,
    history: History | None = None,
) -> Report:
    """Return the report on an examination; what is not given is faultless."""
    seen, known = seen or examination(), known or registry()
    held = Records((record(),) if records is None else records)
    facts = match.compare(seen, held, known, history or History(), None)
    return rules.report(seen, facts, rules.check(seen, facts, ON), known, ON, name="a.pdf")


def rows(report: Report, identity: str) -> list[Check]:
    """Return the rows of one check."""
    return [check for check in report.checks if check.id == identity]
