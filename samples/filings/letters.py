"""Applications of letters alone, beyond those that samples.applications makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from samples.content import Plan
from samples.filings.base import PRE_CHECKED_ON, YOUNG_DAYS, Filing, Writer, all_of, one, registered, rows_of
from samples.planning import place_other_than


def pre_check(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """The exporter asks before applying: no application date, no receipt."""
    young = registered(plan, PRE_CHECKED_ON - timedelta(days=YOUNG_DAYS))
    rows = [row | {"application_date": "", "received_on": ""} for row in rows_of(young)]
    if rng.random() < 0.5:
        return one("pre_check", young, rows, "covered", "verified", letters=(young,))
    return one("pre_check_no_letter", young, rows, "missing", "flagged")


def leap_year(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """Registered in December 2027, applied for after 29 February 2028."""
    days = int(rng.choice((179, 180, 181)))
    applied = date(2028, 5, 20) + timedelta(days=int(rng.integers(0, 10)))
    dates = {
        "registration_date": (applied - timedelta(days=days)).isoformat(),
        "transfer_date": (applied - timedelta(days=9)).isoformat(),
        "application_date": applied.isoformat(),
        "received_on": (applied + timedelta(days=3)).isoformat(),
    }
    rows = [row | dates for row in rows_of(plan)]
    needs = days <= 180
    return one(
        f"leap_year_{days}", plan, rows, "missing" if needs else "not_required", "flagged" if needs else "verified"
    )


def wrong_country(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """The letter is for another country than applied for."""
    other = place_other_than(rng, plan.letter.country).code
    rows = [row | {"export_country": other} for row in rows_of(plan)]
    return one("wrong_country", plan, rows, "official", "flagged", letters=(plan,))


def poor_scan(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """The letter's vehicle numbers could not be read with certainty."""
    return one("poor_scan", plan, rows_of(plan), "official", "flagged", letters=(plan,), poor=True)


def transitional_with_letter(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """Transferred before the notice, and a good letter is there."""
    rows = [row | {"transfer_date": "2025-12-28"} for row in rows_of(plan)]
    return one("transitional_with_letter", plan, rows, "covered", "verified", letters=(plan,))


def date_missing(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """The record has no registration date."""
    rows = [row | {"registration_date": ""} for row in rows_of(plan)]
    return one("date_missing", plan, rows, "official", "flagged")


def declared_otherwise(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """A letter covers, but what was applied for differs from the certificate."""
    changes = ({"applied_model": "ZZ7001"}, {"applied_brand": "别家牌"}, {"applied_transfer_date": "2026-01-01"})
    rows = [row | changes[int(rng.integers(3))] for row in rows_of(plan)]
    return one("declared_otherwise", plan, rows, "covered", "flagged", letters=(plan,))


def declared_alike(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """What was applied for equals the certificate."""
    rows = [
        row | {"applied_model": row["model"], "applied_brand": row["brand"].removesuffix("牌")} for row in rows_of(plan)
    ]
    return one("declared_alike", plan, rows, "covered", "verified", letters=(plan,))


def shared_letter(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """One letter serves two applications of the same exporter."""
    rows = rows_of(plan)
    if len(rows) < 2:
        return one("covered", plan, rows, "covered", "verified", letters=(plan,))
    half = len(rows) // 2
    second = [row | {"application_number": row["application_number"] + "B"} for row in rows[half:]]
    first = Filing(
        "shared_letter", plan.records.application, tuple(rows[:half]), all_of(rows[:half], "covered"), "verified"
    )
    twin = Filing(
        "shared_letter", second[0]["application_number"], tuple(second), all_of(second, "covered"), "verified"
    )
    return [replace(first, letters=(plan,)), twin]


def shared_for_another_country(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """A letter filed with one application names a vehicle of another one, which goes elsewhere."""
    rows = rows_of(plan)
    if len(rows) < 2:
        return wrong_country(plan, rng)
    other = {"application_number": rows[0]["application_number"] + "B"}
    other["export_country"] = place_other_than(rng, plan.letter.country).code
    second = [row | other for row in rows[-1:]]
    first = Filing(
        "shared_elsewhere", plan.records.application, tuple(rows[:-1]), all_of(rows[:-1], "covered"), "verified"
    )
    twin = Filing("shared_elsewhere", other["application_number"], tuple(second), all_of(second, "official"), "flagged")
    return [replace(first, letters=(plan,), tied=True), twin]


KINDS: tuple[Writer, ...] = (
    pre_check, leap_year, wrong_country, poor_scan, transitional_with_letter, date_missing, declared_otherwise,
    declared_alike, shared_letter, shared_for_another_country,
)  # fmt: skip
