"""One document before its judge: what was seen, what it was compared with, the day; and the rows it gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from verifier.examination import Examination, Finding, Seal
from verifier.formats.names import normalise_name, spellings
from verifier.letter import Field
from verifier.match import Facts, VehicleMatch
from verifier.record import Maker, VehicleRecord
from verifier.report import Check, Evidence

SURE_ENOUGH_TEXT = 0.5
"""Confidence from which a strip counts as read: 0 of 558 one-character forgeries passed beside matching tiles."""


@dataclass(frozen=True, slots=True)
class Case:
    """What every rule gets."""

    seen: Examination
    facts: Facts
    on: date

    @property
    def issuer_name(self) -> str | None:
        """The legal name that the seal must carry: the registered Chinese one where the letter's is its twin."""
        if self.facts.issuer.maker and not self.facts.issuer.by_former_name:
            return self.facts.issuer.maker.name
        return self.seen.letter.issuer.value if self.seen.letter.issuer else None

    @property
    def destinations(self) -> tuple[str, ...]:
        """The distinct countries the letter's vehicles go to, certain ones only."""
        return tuple(country.value for country in self.seen.letter.export_countries if country.doubt is None)

    @property
    def goes_to_all(self) -> bool:
        """Whether the letter names several destinations in one breath and none for a vehicle alone: it serves each."""
        letter = self.seen.letter
        return letter.destinations_together and not any(vehicle.export_country for vehicle in letter.vehicles)

    @property
    def application_date(self) -> date | None:
        """The earliest application date among the matched records."""
        return min((r.application_date for r in self._records() if r.application_date), default=None)

    @property
    def received_on(self) -> date | None:
        """The latest day of receipt among the matched records."""
        return max((r.received_on for r in self._records() if r.received_on), default=None)

    def _records(self) -> Iterator[VehicleRecord]:
        for match in self.facts.vehicles:
            yield from match.records

    def matched(self) -> Iterator[tuple[VehicleMatch, VehicleRecord, dict[str, str]]]:
        """Yield every vehicle of the letter with each of its records, and the subject of what is said of both."""
        for match in self.facts.vehicles:
            for record in match.records:
                subject = {"vin": match.claim.vin.value}
                if record.application_number and len(match.records) > 1:
                    subject["application"] = record.application_number
                yield match, record, subject

    def findings(self, *codes: str) -> tuple[Finding, ...]:
        """Return the findings with one of these codes."""
        return tuple(finding for finding in self.seen.findings if finding.code in codes)

    def maker_named(self, name: str) -> Maker | None:
        """Return the known maker of exactly this name."""
        return self.facts.registry.known_makers.named(name)

    def reads_issuer(self, seal: Seal) -> bool:
        """Return whether a strip of the seal's arc, read surely enough, is exactly the issuer's name."""
        expected = spellings(self.issuer_name) if self.issuer_name else frozenset()
        read = (seal.text, *seal.text_alternatives) if seal.text_confidence >= SURE_ENOUGH_TEXT else ()
        return any(normalise_name(text or "") in expected for text in read)


Rule = Callable[[Case], Iterator[Check]]


def evidence_of(*fields: Field | None) -> tuple[Evidence, ...]:
    """Return where the fields stand."""
    return tuple(Evidence(field.page, field.box, field.text) for field in fields if field)


def evidence_of_finding(finding: Finding) -> tuple[Evidence, ...]:
    """Return where a finding stands, empty where it concerns the whole file."""
    return (Evidence(finding.page, finding.box, finding.text),) if finding.page else ()


def evidence_of_seal(seal: Seal) -> tuple[Evidence, ...]:
    """Return where a seal stands."""
    return (Evidence(seal.page, seal.box, seal.text or ""),)
