"""Export applications with several vehicles and letters, and the report that each must get."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from samples.content import Plan, Records
from samples.planning import CAPTURES, genuine_plan, pick
from samples.truth import file_name
from samples.world.vehicles import Vehicle, new_vehicles

FIRST_INDEX = 60_000
"""Letters of applications are numbered apart from single ones."""
INDICES_EACH = 4


@dataclass(frozen=True, slots=True)
class Case:
    """One application: the letters filed, plans whose letters were not, and the expected status of each VIN."""

    name: str
    application: str
    plans: tuple[Plan, ...]
    statuses: tuple[tuple[str, str], ...]
    verdict: str
    unwritten: tuple[Plan, ...] = ()


Writer = Callable[[Plan, Plan, np.random.Generator], Case]


def applications(n: int, seed: int, part: str = "all") -> list[Case]:
    """Return `n` applications, each kind in turn."""
    cases = []
    for number in range(n):
        start = FIRST_INDEX + number * INDICES_EACH
        rng = np.random.default_rng([seed, number, 9])
        first, second = (_legible(genuine_plan(start + k, seed, part=part, one_country=True), rng) for k in (0, 1))
        cases.append(KINDS[list(KINDS)[number % len(KINDS)]](first, second, rng))
    return cases


def case_truth(case: Case) -> dict[str, object]:
    """Return the expected application report, as verifier.evaluation reads it."""
    return {
        "application": case.application,
        "case": case.name,
        "files": [file_name(plan) for plan in case.plans],
        "verdict": case.verdict,
        "statuses": dict(case.statuses),
    }


def _legible(plan: Plan, rng: np.random.Generator) -> Plan:
    """Return the plan as a careful office scans it: what is tried here is the rule, not the reading."""
    name = pick(rng, ("scan_300", "scan_200", "pdf_scan_300"))
    seal = replace(plan.seal, over_print=False, faint=0.0, doubled_mm=0.0, wear=0.25) if plan.seal else None
    return replace(plan, capture=CAPTURES[name], capture_name=name, seal=seal, off_edge=False, straddling=False)


def _statuses(vehicles: Sequence[Vehicle], status: str) -> tuple[tuple[str, str], ...]:
    return tuple((v.vin, status) for v in vehicles)


def _dated(plan: Plan, days: int) -> Plan:
    """Return the plan with its first vehicle registered `days` before the application, in letter and record."""
    first, *others = plan.letter.vehicles
    registered = plan.records.applied_on - timedelta(days=days)
    moved = replace(first, registration_date=registered, transfer_date=max(date(2026, 1, 2), first.transfer_date))
    vehicles = (moved, *others)
    return replace(
        plan,
        letter=replace(plan.letter, vehicles=vehicles),
        records=replace(plan.records, vehicles=vehicles),
    )


def _one(name: str, plan: Plan, statuses: Sequence[tuple[str, str]], verdict: str) -> Case:
    return Case(name, plan.records.application, (plan,), tuple(statuses), verdict)


def _recorded(plan: Plan, records: Records) -> Plan:
    return replace(plan, records=records)


def covered(first: Plan, second: Plan, rng: np.random.Generator) -> Case:
    """Every vehicle stands on one good letter."""
    return _one("covered", first, _statuses(first.letter.vehicles, "covered"), "verified")


def letter_missing(first: Plan, second: Plan, rng: np.random.Generator) -> Case:
    """Nothing was filed."""
    statuses = _statuses(first.letter.vehicles, "missing")
    return Case("letter_missing", first.records.application, (), statuses, "flagged", (first,))


def vin_uncovered(first: Plan, second: Plan, rng: np.random.Generator) -> Case:
    """The application has a vehicle that its letter does not name."""
    more = new_vehicles(first.maker, 1, first.records.applied_on, first.index + 2, rng)
    plan = _recorded(first, replace(first.records, vehicles=(*first.records.vehicles, *more)))
    statuses = (*_statuses(first.letter.vehicles, "covered"), *_statuses(more, "missing"))
    return _one("vin_uncovered", plan, statuses, "flagged")


def _joined(first: Plan, second: Plan) -> Plan:
    """Return the second plan as a letter of the first one's application."""
    office = replace(
        second.records,
        application=first.records.application,
        export_country=second.letter.country,
        applicant=second.letter.exporter,
        applied_on=first.records.applied_on,
        received_on=max(first.records.received_on, second.letter.issued_on + timedelta(days=1)),
    )
    day = min(second.letter.issued_on, first.records.received_on - timedelta(days=1))
    vehicles = tuple(
        replace(v, registration_date=first.records.applied_on - timedelta(days=30 + 3 * k % 150))
        for k, v in enumerate(second.letter.vehicles)
    )
    office = replace(office, vehicles=vehicles, received_on=first.records.received_on)
    return replace(second, letter=replace(second.letter, issued_on=day, vehicles=vehicles), records=office)


def two_letters(first: Plan, second: Plan, rng: np.random.Generator) -> Case:
    """Vehicles of two makers (or two batches of one), a letter for each."""
    twin = _joined(first, second)
    statuses = _statuses((*first.letter.vehicles, *twin.letter.vehicles), "covered")
    return Case("two_letters", first.records.application, (first, twin), statuses, "verified")


def second_letter_missing(first: Plan, second: Plan, rng: np.random.Generator) -> Case:
    """Vehicles of two letters, and only one of them was filed."""
    twin = _joined(first, second)
    statuses = (*_statuses(first.letter.vehicles, "covered"), *_statuses(twin.letter.vehicles, "missing"))
    return Case("second_letter_missing", first.records.application, (first,), statuses, "flagged", (twin,))


def filed_late(first: Plan, second: Plan, rng: np.random.Generator) -> Case:
    """The letter is dated after its receipt."""
    late = replace(first.letter, issued_on=first.records.received_on + timedelta(days=9))
    plan = replace(first, letter=late, defect="issued_after_receipt", must_trip=("letter.issued_on",))
    return _one("filed_late", plan, _statuses(first.letter.vehicles, "official"), "flagged")


def _aged(days: int) -> Writer:
    def at_the_limit(first: Plan, second: Plan, rng: np.random.Generator) -> Case:
        plan = _dated(first, days)
        vehicle, *others = plan.letter.vehicles
        status = "covered" if days <= 180 else "not_required"
        statuses = ((vehicle.vin, status), *_statuses(others, "covered"))
        return _one(f"day_{days}", plan, statuses, "verified")

    return at_the_limit


def _aged_without_letter(days: int) -> Writer:
    def at_the_limit(first: Plan, second: Plan, rng: np.random.Generator) -> Case:
        plan = _dated(first, days)
        only = plan.records.vehicles[:1]
        plan = _recorded(plan, replace(plan.records, vehicles=only))
        needs = days <= 180
        statuses = _statuses(only, "missing" if needs else "not_required")
        verdict = "flagged" if needs else "verified"
        return Case(f"day_{days}_no_letter", plan.records.application, (), statuses, verdict, (plan,))

    return at_the_limit


def transitional(first: Plan, second: Plan, rng: np.random.Generator) -> Case:
    """Transferred before the notice, and no letter."""
    vehicles = tuple(
        replace(v, transfer_date=date(2025, 12, 20), registration_date=min(v.registration_date, date(2025, 12, 1)))
        for v in first.records.vehicles
    )
    applied = min(first.records.applied_on, date(2026, 2, 10))
    near = tuple(
        replace(v, registration_date=max(v.registration_date, applied - timedelta(days=170))) for v in vehicles
    )
    plan = _recorded(first, replace(first.records, vehicles=near, applied_on=applied))
    statuses = _statuses(near, "transitional")
    return Case("transitional", plan.records.application, (), statuses, "flagged", (plan,))


def maker_differs(first: Plan, second: Plan, rng: np.random.Generator) -> Case:
    """The letter comes from another maker than the certificates name."""
    plan = _recorded(first, replace(first.records, manufacturer="远东第一汽车制造有限公司"))
    plan = replace(plan, defect="manufacturer_differs", must_trip=("record.manufacturer",))
    return _one("maker_differs", plan, _statuses(first.letter.vehicles, "official"), "flagged")


def before_the_notice(first: Plan, second: Plan, rng: np.random.Generator) -> Case:
    """Applied for in 2025: the notice was not in force."""
    applied = date(2025, 12, 15)
    vehicles = tuple(
        replace(v, registration_date=date(2025, 10, 1), transfer_date=date(2025, 11, 20))
        for v in first.records.vehicles
    )
    office = replace(first.records, applied_on=applied, received_on=applied + timedelta(days=3), vehicles=vehicles)
    plan = _recorded(first, office)
    statuses = _statuses(vehicles, "not_required")
    return Case("before_the_notice", plan.records.application, (), statuses, "verified", (plan,))


def resubmitted(first: Plan, second: Plan, rng: np.random.Generator) -> Case:
    """A letter without a seal was filed, then the sealed one with the same number."""
    poor = replace(first, index=first.index + 2, seal=None, defect="seal_missing", must_trip=("seal.present",))
    statuses = _statuses(first.letter.vehicles, "covered")
    return Case("resubmitted", first.records.application, (poor, first), statuses, "verified")


KINDS: dict[str, Writer] = {
    "covered": covered,
    "letter_missing": letter_missing,
    "vin_uncovered": vin_uncovered,
    "two_letters": two_letters,
    "second_letter_missing": second_letter_missing,
    "filed_late": filed_late,
    "day_179": _aged(179),
    "day_180": _aged(180),
    "day_181": _aged(181),
    "day_180_no_letter": _aged_without_letter(180),
    "day_181_no_letter": _aged_without_letter(181),
    "transitional": transitional,
    "maker_differs": maker_differs,
    "before_the_notice": before_the_notice,
    "resubmitted": resubmitted,
}
