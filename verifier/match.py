"""Claim against record, registry and archive: what belongs together, and what nearly does. No judgement here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from verifier.examination import Examination
from verifier.formats.distance import differing_places, edit_distance
from verifier.formats.names import normalise_name, spellings, unit_word
from verifier.formats.numbers import letter_number_key, number_key
from verifier.history import History, Trace
from verifier.letter import Letter, VehicleClaim
from verifier.record import Maker, Records, Registry, VehicleRecord

NEAR_MISS = 2
"""Characters by which a VIN may differ from an uncovered one and be taken for a slip (CONTRACT, record.vin)."""
NEAR_AMONG = 20_000
"""Where no record names an application of the letter, a slip is looked for among at most this many vehicles: in a
larger register somebody else's number lies next to every number."""


@dataclass(frozen=True, slots=True)
class VehicleMatch:
    """A claimed vehicle with its records (one per application it stands in), or with uncovered near misses."""

    claim: VehicleClaim
    records: tuple[VehicleRecord, ...]
    near: tuple[VehicleRecord, ...]


@dataclass(frozen=True, slots=True)
class IssuerMatch:
    """What is known of the name that issues the letter."""

    maker: Maker | None
    by_former_name: bool
    unit_word: str | None


@dataclass(frozen=True, slots=True)
class Reuse:
    """Other documents of the run or archive that share something with this one."""

    same_file: tuple[Trace, ...] = ()
    same_picture: tuple[Trace, ...] = ()
    same_number: tuple[Trace, ...] = ()
    same_number_and_vins: tuple[Trace, ...] = ()
    same_ink: tuple[Trace, ...] = ()
    same_vin: tuple[tuple[str, Trace], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules need beside the examination itself."""

    records_given: bool
    applications: tuple[str, ...]
    vehicles: tuple[VehicleMatch, ...]
    issuer: IssuerMatch
    reuse: Reuse
    registry: Registry
    record_digest: str


def compare(
    seen: Examination, records: Records, registry: Registry, history: History, application: str | None
) -> Facts:
    """Return how the document's claims stand to records, registry and other documents.

    `application` limits the records to those of one export application.
    """
    considered = records.of_application(application) if application else records.vehicles
    by_vin: dict[str, list[VehicleRecord]] = {}
    for record in considered:
        by_vin.setdefault(record.vin, []).append(record)
    claimed = {claim.vin.value for claim in seen.letter.vehicles}
    applications = _applications(claimed, by_vin, application)
    uncovered = [
        record
        for record in (considered if applications or len(considered) <= NEAR_AMONG else ())
        if record.vin not in claimed and (not applications or record.application_number in applications)
    ]
    vehicles = tuple(_match(claim, by_vin, uncovered) for claim in seen.letter.vehicles)
    return Facts(
        records_given=bool(records.vehicles) or records.is_excerpt,
        applications=applications,
        vehicles=vehicles,
        issuer=match_issuer(seen.letter, registry),
        reuse=_reuse(seen, history, frozenset(applications), registry, _applied_for_twice(vehicles)),
        registry=registry,
        record_digest=_digest(record for match in vehicles for record in (*match.records, *match.near)),
    )


def _applications(claimed: set[str], by_vin: dict[str, list[VehicleRecord]], given: str | None) -> tuple[str, ...]:
    numbers = [
        record.application_number
        for vin in sorted(claimed)
        for record in by_vin.get(vin, ())
        if record.application_number
    ]
    return tuple(dict.fromkeys([*([given] if given else []), *numbers]))


def _match(claim: VehicleClaim, by_vin: dict[str, list[VehicleRecord]], uncovered: list[VehicleRecord]) -> VehicleMatch:
    records = tuple(by_vin.get(claim.vin.value, ()))
    near = () if records else tuple(r for r in uncovered if is_near_miss(claim.vin.value, r.vin))
    return VehicleMatch(claim, records, near)


def is_near_miss(a: str, b: str) -> bool:
    """Return whether two VINs differ by one or two characters."""
    if abs(len(a) - len(b)) > NEAR_MISS:
        return False
    if len(a) == len(b) and differing_places(a, b) <= NEAR_MISS:
        return a != b
    # a shift moves every character behind it: only then is the full distance worth its price
    return (a[:4] == b[:4] or a[-4:] == b[-4:]) and 0 < edit_distance(a, b) <= NEAR_MISS


def match_issuer(letter: Letter, registry: Registry) -> IssuerMatch:
    """Return the known maker of exactly the issuer's name, and the word that betrays a unit that may not issue."""
    if letter.issuer is None:
        return IssuerMatch(None, False, None)
    name = letter.issuer.value
    maker = registry.known_makers.named(name)
    wanted = normalise_name(name)
    current = maker is not None and any(wanted in spellings(known) for known in (maker.name, maker.name_en) if known)
    return IssuerMatch(maker, maker is not None and not current, unit_word(name))


def content_digest(letter: Letter, registry: Registry) -> str:
    """Return a digest of what a letter claims: number, issuer, VINs, countries."""
    claims = (
        number_key(letter.number.value) if letter.number else "",
        issuer_key(letter, registry) or "",
        sorted(vehicle.vin.value for vehicle in letter.vehicles),
        sorted(country.value for country in letter.export_countries),
    )
    return hashlib.sha256(repr(claims).encode()).hexdigest()


def trace_of(seen: Examination, name: str, applications: Iterable[str], registry: Registry) -> Trace:
    """Return what other documents need to know of this one."""
    letter, counting = seen.letter, _pages_that_count(seen)
    return Trace(
        sha256=seen.sha256,
        part_index=seen.part_index,
        name=name,
        content=content_digest(letter, registry),
        number=letter_number_key(letter.number.value) if letter.number else None,
        issuer=issuer_key(letter, registry),
        vins=frozenset(vehicle.vin.value for vehicle in letter.vehicles),
        countries=frozenset(country.value for country in letter.export_countries),
        applications=frozenset(applications),
        page_pictures=frozenset(
            page.pixels_sha256 for page in seen.pages if page.pixels_sha256 and page.number in counting
        ),
        inks=tuple(seal.ink for seal in seen.seals if seal.ink),
        kind=letter.kind.value,
    )


def _pages_that_count(seen: Examination) -> frozenset[int]:
    """Return the pages on which a claim or a seal stands: general terms are enclosed with letter after letter."""
    letter = seen.letter
    claims = (letter.number, letter.issuer, letter.issued_on, *letter.export_countries)
    of_vehicles = (vehicle.vin for vehicle in letter.vehicles)
    of_outlets = (field for outlet in letter.outlets for field in (outlet.name, outlet.address))
    fields = {field.page for field in (*claims, *of_vehicles, *of_outlets) if field}
    return frozenset(fields | {seal.page for seal in seen.seals})


def issuer_key(letter: Letter, registry: Registry) -> str | None:
    """Return who issued a letter, one spelling for a known maker's Chinese, English and former names."""
    if letter.issuer is None:
        return None
    maker = registry.known_makers.named(letter.issuer.value)
    return normalise_name(maker.name if maker else letter.issuer.value)


def _applied_for_twice(vehicles: Iterable[VehicleMatch]) -> frozenset[str]:
    """Return the vehicles that records name under several applications: two papers for one are of different ones."""
    numbers = {match.claim.vin.value: {r.application_number for r in match.records} - {None, ""} for match in vehicles}
    return frozenset(vin for vin, of in numbers.items() if len(of) > 1)


def _reuse(
    seen: Examination, history: History, applications: frozenset[str], registry: Registry, twice: frozenset[str]
) -> Reuse:
    mine = trace_of(seen, "", applications, registry)
    same_number = _others(mine, history, history.by_number.get(mine.number or "", ()))
    same_number = tuple(o for o in same_number if o.issuer == mine.issuer and o.kind == mine.kind)
    pictures = [index for picture in mine.page_pictures for index in history.by_picture.get(picture, ())]
    return Reuse(
        same_file=tuple(
            other
            for other in history.traces
            if other.key == mine.key and other.applications and other.applications != applications
        ),
        same_picture=tuple(o for o in _others(mine, history, pictures) if o.content != mine.content),
        same_number=tuple(other for other in same_number if other.vins != mine.vins),
        same_number_and_vins=tuple(other for other in same_number if other.vins == mine.vins),
        same_ink=tuple(
            other
            for other in _others(mine, history, history.ink_hits.get(mine.key, ()))
            if other.content != mine.content
        ),
        same_vin=tuple(
            (vin, other)
            for vin in sorted(mine.vins)
            for other in _others(mine, history, history.by_vin.get(vin, ()))
            if other.kind == mine.kind and (vin in twice or _conflicts(mine, other))
        ),
    )


def _others(mine: Trace, history: History, indexes: Iterable[int]) -> tuple[Trace, ...]:
    """Return the traces at `indexes` that are other documents, each once."""
    return tuple(history.traces[index] for index in dict.fromkeys(indexes) if history.traces[index].key != mine.key)


def _conflicts(mine: Trace, other: Trace) -> bool:
    """Return whether two letters for one vehicle disagree on country, application or maker."""
    return any(
        a and b and not a & b
        for a, b in (
            (mine.countries, other.countries),
            (mine.applications, other.applications),
            (frozenset({mine.issuer} - {None}), frozenset({other.issuer} - {None})),
        )
    )


def _digest(records: Iterable[VehicleRecord]) -> str:
    """Return a digest of the records that a judgement used, in the order of the letter."""
    return hashlib.sha256(msgspec.msgpack.encode(list(records))).hexdigest()
