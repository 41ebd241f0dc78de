"""Lines of text to the claims of a letter, whatever its layout; every value with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from verifier.extraction.cells import with_readings
from verifier.extraction.certificate import understood_certificate
from verifier.extraction.country import find_destinations
from verifier.extraction.counts import find_page_claims, find_stated_count
from verifier.extraction.day_order import with_order_settled
from verifier.extraction.exporter import find_addressee, find_exporter, find_exporting
from verifier.extraction.issue_date import find_issue_date
from verifier.extraction.issuer import find_issuer
from verifier.extraction.kind import find_kind, is_about_service, says_no_service
from verifier.extraction.labels import Labels
from verifier.extraction.later_days import with_later_day
from verifier.extraction.layout import Layout
from verifier.extraction.letter_number import find_number
from verifier.extraction.outlets import find_outlets
from verifier.extraction.proof import find_proof, find_signer, is_about_modification
from verifier.extraction.reservations import find_reservations
from verifier.extraction.unassigned import find_unassigned, find_unassigned_brands
from verifier.extraction.validity import find_first_day, find_unread_validity, find_validity
from verifier.extraction.vehicles import find_vehicles
from verifier.formats.names import normalise_name
from verifier.letter import Field, Kind, Letter, ServiceOutlet, VehicleClaim
from verifier.page import Page
from verifier.record import Makers

__all__ = ["Labels", "extract"]

HOME = "CN"
"""Where makers are, and outlets of theirs may not be."""


def extract(pages: tuple[Page, ...], labels: Labels, makers: Makers, kind: Kind | None = None) -> Letter:
    """Return what the pages claim.

    `makers` only tells which of two names in a bilingual closing are one maker; no value is bent toward it. `kind` is
    what an official says the paper is; the pages tell otherwise.
    """
    layout = Layout.of(pages, labels, makers)
    if not layout.rows:
        return Letter(Kind.UNKNOWN)
    found, title = find_kind(layout)
    kind = kind or found
    vehicles = find_vehicles(layout)
    destinations = find_destinations(layout, vehicles)
    issued_on = find_issue_date(layout, _days_of_vehicles(vehicles))
    valid_until = find_validity(layout, issued_on)
    only = destinations.countries[0] if len(destinations.countries) == 1 else None
    by_page = {page.number: page for page in pages}
    addressee = _not_the_maker(find_addressee(layout), layout)
    exporter = find_exporter(layout, addressee)
    parties = frozenset(normalise_name(party.value) for party in (addressee, exporter) if party)
    outlets = find_outlets(layout, parties | find_exporting(layout))
    abroad = (o.name for o in outlets if o.name and o.country and o.country.value != HOME)
    issuer = find_issuer(layout, parties | {normalise_name(name.value) for name in abroad})
    number = find_number(layout)
    letter = Letter(
        kind=kind,
        title=title,
        number=number,
        issuer=issuer,
        issued_on=issued_on,
        valid_until=valid_until,
        valid_from=find_first_day(layout),
        unread_validity=None if valid_until else find_unread_validity(layout),
        addressee=addressee,
        exporter=exporter,
        export_country=with_readings(only, by_page[only.page]) if only else None,
        export_countries=destinations.countries,
        destinations_together=destinations.together,
        mislabelled_country=destinations.nowhere,
        vehicles=vehicles,
        outlets=_not_of(issuer, outlets),
        stated_vehicle_count=find_stated_count(layout),
        page_claims=find_page_claims(layout),
        reservations=find_reservations(layout),
        says_no_service=kind is Kind.CONFIRMATION_LETTER and says_no_service((title, number), layout),
    )
    if letter.kind is Kind.UNKNOWN and is_about_service(letter, layout):
        letter = replace(letter, kind=Kind.CONFIRMATION_LETTER)
    elif letter.kind is Kind.UNKNOWN and letter.vehicles and is_about_modification(layout):
        letter = replace(letter, kind=Kind.MODIFICATION_PROOF)
    letter = with_order_settled(_of_kind(letter, layout), layout)
    letter = replace(letter, issued_on=with_later_day(letter.issued_on, _days_of(letter), layout))
    dates, models = find_unassigned(layout, letter)
    brands = find_unassigned_brands(layout, letter)
    return replace(letter, unassigned_dates=dates, unassigned_models=models, unassigned_brands=brands)


def _days_of(letter: Letter) -> frozenset[str]:
    """Return the days that a letter's fields besides its date of issue state."""
    until = {letter.valid_until.value} if letter.valid_until else set()
    return _days_of_vehicles(letter.vehicles) | until


def _days_of_vehicles(vehicles: Iterable[VehicleClaim]) -> frozenset[str]:
    """Return the days that vehicles' registrations and transfers account for."""
    return frozenset(day.value for v in vehicles for day in (v.registration_date, v.transfer_date) if day)


def _of_kind(letter: Letter, layout: Layout) -> Letter:
    """Return the letter with what only proofs or certificates state."""
    if letter.kind is Kind.MODIFICATION_PROOF:
        once = {vehicle.vin.value: vehicle for vehicle in reversed(letter.vehicles)}
        letter = replace(letter, issuer=find_signer(layout) or letter.issuer, vehicles=tuple(reversed(once.values())))
        return replace(letter, **find_proof(layout))  # type: ignore[arg-type]  # every name is a Field | None of Letter
    if letter.kind is Kind.REGISTRATION_CERTIFICATE:
        return understood_certificate(letter, layout)
    return letter


def _not_the_maker(addressee: Field | None, layout: Layout) -> Field | None:
    """Return whom a letter is addressed to: a maker's own name over "To whom it may concern" is its letterhead."""
    return None if addressee and layout.makers.named(addressee.value) else addressee


def _not_of(issuer: Field | None, outlets: tuple[ServiceOutlet, ...]) -> tuple[ServiceOutlet, ...]:
    """Return the outlets without the issuer's own address line at home, its name whole or what is left of it."""
    own = normalise_name(issuer.value) if issuer else ""
    return tuple(o for o in outlets if o.name is None or not own.endswith(normalise_name(o.name.value)))
