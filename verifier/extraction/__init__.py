"""Lines of text to the claims of a letter, whatever its layout; every value with its evidence."""

from __future__ import annotations

from dataclasses import replace

from verifier.extraction.cells import with_readings
from verifier.extraction.certificate import understood_certificate
from verifier.extraction.country import find_destinations
from verifier.extraction.kind import find_kind
from verifier.extraction.labels import Labels
from verifier.extraction.layout import Layout
from verifier.extraction.outlets import find_outlets
from verifier.extraction.particulars import (
    find_issue_date,
    find_number,
    find_page_claims,
    find_stated_count,
    find_validity,
)
from verifier.extraction.parties import find_addressee, find_exporter, find_issuer
from verifier.extraction.proof import find_proof, find_signer
from verifier.extraction.unassigned import find_unassigned
from verifier.extraction.vehicles import find_vehicles
from verifier.letter import Kind, Letter
from verifier.page import Page
from verifier.record import Maker

__all__ = ["Labels", "extract"]


def extract(pages: tuple[Page, ...], labels: Labels, makers: tuple[Maker, ...]) -> Letter:
    """Return what the pages claim.

    `makers` only tells which of two names in a bilingual closing are one maker; no value is bent toward it.
    """
    layout = Layout.of(pages, labels, makers)
    if not layout.rows:
        return Letter(Kind.UNKNOWN)
    kind, title = find_kind(layout)
    vehicles = find_vehicles(layout)
    destinations = find_destinations(layout, vehicles)
    issued_on = find_issue_date(layout)
    only = destinations.countries[0] if len(destinations.countries) == 1 else None
    by_page = {page.number: page for page in pages}
    letter = Letter(
        kind=kind,
        title=title,
        number=find_number(layout),
        issuer=find_issuer(layout),
        issued_on=issued_on,
        valid_until=find_validity(layout, issued_on),
        addressee=find_addressee(layout),
        exporter=find_exporter(layout),
        export_country=with_readings(only, by_page[only.page]) if only else None,
        export_countries=destinations.countries,
        mislabelled_country=destinations.nowhere,
        vehicles=vehicles,
        outlets=find_outlets(layout),
        stated_vehicle_count=find_stated_count(layout),
        page_claims=find_page_claims(layout),
    )
    letter = _of_kind(letter, layout)
    dates, models = find_unassigned(layout, letter)
    return replace(letter, unassigned_dates=dates, unassigned_models=models)


def _of_kind(letter: Letter, layout: Layout) -> Letter:
    """Return the letter with what only proofs or certificates state."""
    if letter.kind is Kind.MODIFICATION_PROOF:
        letter = replace(letter, issuer=find_signer(layout) or letter.issuer)
        return replace(letter, **find_proof(layout))  # type: ignore[arg-type]  # every name is a Field | None of Letter
    if letter.kind is Kind.REGISTRATION_CERTIFICATE:
        return understood_certificate(letter, layout)
    return letter
