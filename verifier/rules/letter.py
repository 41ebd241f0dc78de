"""Checks of what the letter itself must say (648-1(1), working guide)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from verifier.letter import ServiceOutlet
from verifier.record import Maker
from verifier.report import Check
from verifier.rules.case import Case, Rule, evidence_of
from verifier.rules.catalogue import failed, noted, passed, skipped, unsure
from verifier.rules.signing import signed_by_issuer


def check_export_country(case: Case) -> Iterator[Check]:
    """A country must be named; several only where each vehicle says its own, or all are meant alike."""
    letter = case.seen.letter
    countries = letter.export_countries
    evidence = evidence_of(*countries)
    named = ", ".join(country.value for country in countries)
    own = all(vehicle.export_country for vehicle in letter.vehicles)
    if not countries and letter.mislabelled_country:
        place = letter.mislabelled_country
        yield failed("letter.export_country", "not_a_country", found=place.text, evidence=evidence_of(place))
    elif not countries:
        yield failed("letter.export_country", "not_stated")
    elif any(country.doubt for country in countries) or (len(countries) > 1 and not (own or case.goes_to_all)):
        yield unsure("letter.export_country", "ambiguous", found=named, evidence=evidence)
    else:
        yield passed("letter.export_country", found=named, evidence=evidence)


def check_vehicles(case: Case) -> Iterator[Check]:
    """At least one VIN."""
    vehicles = case.seen.letter.vehicles
    if vehicles:
        yield passed("letter.vehicles", found=str(len(vehicles)), evidence=evidence_of(*(v.vin for v in vehicles)))
    else:
        yield failed("letter.vehicles", "not_stated")


def check_vehicle_count(case: Case) -> Iterator[Check]:
    """The stated number is the number listed."""
    stated, listed = case.seen.letter.stated_vehicle_count, len(case.seen.letter.vehicles)
    if stated is None:
        yield skipped("letter.vehicle_count", "not_stated")
    elif stated.value == str(listed):
        yield passed("letter.vehicle_count", found=stated.value, evidence=evidence_of(stated))
    else:
        yield unsure(
            "letter.vehicle_count",
            "count_differs",
            found=stated.value,
            expected=str(listed),
            evidence=evidence_of(stated),
        )


def check_duplicate_vin(case: Case) -> Iterator[Check]:
    """No VIN stands twice."""
    counted = Counter(vehicle.vin.value for vehicle in case.seen.letter.vehicles)
    rows = [
        unsure(
            "letter.duplicate_vin",
            "duplicate",
            subject={"vin": vin},
            found=vin,
            evidence=evidence_of(*(v.vin for v in case.seen.letter.vehicles if v.vin.value == vin)),
        )
        for vin, times in counted.items()
        if times > 1
    ]
    yield from rows or [passed("letter.duplicate_vin")]


def check_outlets(case: Case) -> Iterator[Check]:
    """One outlet with provider and address for every destination."""
    outlets = case.seen.letter.outlets
    if not outlets:
        yield failed("letter.outlets", "not_stated")
        return
    several = len(case.destinations) > 1
    for country in case.destinations or ("",):
        there = [o for o in outlets if not several or _country_of(o) == country]
        shown = [o for o in there if _country_of(o) == country]  # what is elsewhere makes up for none of these
        complete = [o for o in shown or there if o.name and o.address]
        subject = {"country": country} if country else None
        if complete:
            yield passed(
                "letter.outlets",
                subject=subject,
                found=complete[0].name.text if complete[0].name else None,
                evidence=evidence_of(complete[0].name, complete[0].address),
            )
        else:
            evidence = evidence_of(*(field for o in there for field in (o.name, o.address)))
            yield unsure("letter.outlets", "incomplete", subject=subject, evidence=evidence)


def check_outlets_country(case: Case) -> Iterator[Check]:
    """Some outlet lies in every destination."""
    outlets = case.seen.letter.outlets
    if not outlets or not case.destinations:
        reason = "not_stated" if case.destinations else "no_destination"
        yield unsure("letter.outlets_country", reason)
        return
    known = {country for outlet in outlets if (country := _country_of(outlet))}
    for country in case.destinations:
        elsewhere = ", ".join(sorted(known - {country}))
        details = {
            "subject": {"country": country},
            "expected": country,
            "found": elsewhere or country,
            "evidence": evidence_of(*(o.country or o.address or o.name for o in outlets)),
        }
        others = known - set(case.destinations)
        if country in known and others:
            yield noted("letter.outlets_country", "some_elsewhere", **details)
        elif country in known:
            yield passed("letter.outlets_country", **details)
        elif known and all(_country_of(outlet) for outlet in outlets):
            yield failed("letter.outlets_country", "elsewhere", **details)
        else:
            yield unsure("letter.outlets_country", "undecidable", **details)


def _country_of(outlet: ServiceOutlet) -> str | None:
    return outlet.country.value if outlet.country and outlet.country.doubt is None else None


def check_issuer(case: Case) -> Iterator[Check]:
    """Exactly the name of a listed or registered maker passes, whatever its words; units may not issue."""
    field, match = case.seen.letter.issuer, case.facts.issuer
    if field is None:
        yield unsure("letter.issuer", "not_stated")
        return
    details = {"found": field.value, "evidence": evidence_of(field)}
    maker = match.maker
    if field.doubt:
        yield unsure(
            "letter.issuer", "conflict", expected=field.readings[-1].text if field.readings else None, **details
        )
    elif maker and maker.kind == "modified":
        yield failed("letter.issuer", "modifier", **details)
    elif maker and match.by_former_name:
        yield unsure("letter.issuer", "former_name", expected=maker.name, **details)
    elif maker and not _was_listed(maker, case.application_date or case.on):
        yield unsure("letter.issuer", "not_valid_then", **details)
    elif maker:
        yield passed("letter.issuer", **details)
    elif match.unit_word:
        yield failed("letter.issuer", "unit_not_allowed", expected=match.unit_word, **details)
    else:
        yield unsure("letter.issuer", "not_listed", **details)


_NUMBERED_IN = re.compile(r"[〔\[【(（]\s*(20\d\d)\s*[〕\]】)）]")
"""The year of an official number (GB/T 9704): 沪服函〔2026〕12号."""
LAST_YEARS_MONTHS = 2


def _was_listed(maker: Maker, day: date) -> bool:
    return (maker.valid_from is None or maker.valid_from <= day) and (maker.valid_to is None or day <= maker.valid_to)


def check_issued_on(case: Case) -> Iterator[Check]:
    """Dated on or before its receipt; before the registration is only odd."""
    field = case.seen.letter.issued_on
    if field is None:
        yield unsure("letter.issued_on", "not_stated")
        return
    evidence = evidence_of(field)
    issued = date.fromisoformat(field.value)
    received, applied = case.received_on, case.application_date
    registered = max(
        (r.registration_date for m in case.facts.vehicles for r in m.records if r.registration_date),
        default=None,
    )
    latest = received or case.on
    if field.doubt:
        reason = "conflict" if field.doubt == "conflict" else "ambiguous"
        yield unsure("letter.issued_on", reason, found=field.text, evidence=evidence)
    elif issued > latest:
        yield failed(
            "letter.issued_on",
            "after_receipt",
            found=field.value,
            expected=latest.isoformat(),
            evidence=evidence,
        )
    elif received is None and applied and issued > applied:
        yield unsure(
            "letter.issued_on",
            "after_application",
            found=field.value,
            expected=applied.isoformat(),
            evidence=evidence,
        )
    elif registered and issued < registered:
        yield noted(
            "letter.issued_on",
            "before_registration",
            found=field.value,
            expected=registered.isoformat(),
            evidence=evidence,
        )
    elif numbered := _year_of_other_number(case, issued):
        yield unsure("letter.issued_on", "other_year", found=field.value, expected=numbered, evidence=evidence)
    else:
        yield passed("letter.issued_on", found=field.value, evidence=evidence)


def _year_of_other_number(case: Case, issued: date) -> str | None:
    """Return the year in brackets that the letter's number has, where the letter was not issued in it.

    Offices number by the year; a number may still be last year's until `LAST_YEARS_MONTHS` are over.
    """
    number = case.seen.letter.number
    year = _NUMBERED_IN.search(number.value) if number else None
    if year is None or int(year[1]) == issued.year:
        return None
    late = int(year[1]) == issued.year - 1 and issued.month <= LAST_YEARS_MONTHS
    return None if late else year[1]


def check_validity(case: Case) -> Iterator[Check]:
    """In force by the day of judging, not expired on that of the application, nor when the letter was received."""
    field, first = case.seen.letter.valid_until, case.seen.letter.valid_from
    unread = case.seen.letter.unread_validity
    if first is not None and date.fromisoformat(first.value) > case.on:
        expected = case.on.isoformat()
        yield unsure("letter.validity", "not_yet", found=first.value, expected=expected, evidence=evidence_of(first))
        return
    if field is None and unread:
        yield unsure("letter.validity", "unreadable", found=unread.text, evidence=evidence_of(unread))
        return
    if field is None:
        yield skipped("letter.validity", "not_stated")
        return
    day = max((day for day in (case.application_date, case.received_on) if day), default=case.on)
    details = {"found": field.value, "evidence": evidence_of(field)}
    if date.fromisoformat(field.value) < day:
        yield failed("letter.validity", "expired", expected=day.isoformat(), **details)
    else:
        yield passed("letter.validity", **details)


def check_number_reuse(case: Case) -> Iterator[Check]:
    """The same number with other vehicles."""
    number, reuse = case.seen.letter.number, case.facts.reuse
    if number is None:
        yield skipped("letter.number_reuse", "not_stated")
        return
    details = {"found": number.value, "evidence": evidence_of(number)}
    rows = [failed("letter.number_reuse", "other_vins", expected=o.name, **details) for o in reuse.same_number]
    rows += [noted("letter.number_reuse", "same_vins", expected=o.name, **details) for o in reuse.same_number_and_vins]
    yield from rows or [passed("letter.number_reuse", **details)]


def check_pages_sealed(case: Case) -> Iterator[Check]:
    """Every page that lists vehicles carries a seal, or the issuer's signature covers the file."""
    listing = sorted({vehicle.vin.page for vehicle in case.seen.letter.vehicles})
    if not listing:
        yield skipped("letter.pages_sealed", "not_stated")
        return
    sealed = {seal.page for seal in case.seen.seals}
    rows = [
        unsure("letter.pages_sealed", "no_seal", subject={"page": str(page)}, found=str(page))
        for page in listing
        if page not in sealed and not signed_by_issuer(case)
    ]
    yield from rows or [passed("letter.pages_sealed")]


CHECKS: tuple[Rule, ...] = (
    check_export_country,
    check_vehicles,
    check_vehicle_count,
    check_duplicate_vin,
    check_outlets,
    check_outlets_country,
    check_issuer,
    check_issued_on,
    check_validity,
    check_number_reuse,
    check_pages_sealed,
)
