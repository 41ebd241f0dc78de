"""Use-case: the case that belongs to a document, as one person may see it; what is blind is veiled everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from verifier.cases import queue
from verifier.cases.presenting import Presented
from verifier.cases.queue import CaseView, unjudged
from verifier.store import cases
from verifier.store.database import Database
from verifier.store.documents import StoredUpload
from verifier.store.people import Person


def case_of(database: Database, person: Person, document_id: str) -> CaseView | None:
    """Return the newest case of a document in the person's office, None where it has none."""
    with database.reading() as connection:
        found = [one for one in cases.cases_of(connection, document_id) if one.office_id == person.office_id]
    return queue.open_view(database, person, found[-1].id) if found else None


def veiled(presented: Presented) -> Presented:
    """Return a document without anything that tells what the machine concluded."""
    reports = tuple(replace(one, verdict=None, checks=()) for one in presented.reports)
    return replace(presented, upload=unjudged(presented.upload), reports=reports)


def veil_blind(database: Database, letters: Iterable[StoredUpload], person: Person | None) -> tuple[StoredUpload, ...]:
    """Return documents for a list, those without their verdict that the person is to judge without knowing it."""
    several = tuple(letters)
    with database.reading() as connection:
        blind = queue.blind_among(connection, (one.id for one in several), person)
    return tuple(unjudged(one) if one.id in blind else one for one in several)
