"""An examination as officials corrected it: their value in place of the machine's, whose reading stays beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from verifier.errors import RequestError
from verifier.examination import Examination
from verifier.extraction import Labels
from verifier.extraction.values import clean
from verifier.formats import vin as vins
from verifier.formats.countries import is_code
from verifier.formats.dates import parse_date
from verifier.formats.names import normalise_name
from verifier.formats.numbers import letter_number_key
from verifier.letter import Field, Kind, Letter, Reading, ServiceOutlet, VehicleClaim
from verifier.page import Source
from verifier.pipeline import issuing_maker, understand_as
from verifier.recognition.comparator import CharacterComparator, load_comparator
from verifier.record import Registry
from verifier.seals.again import compare_again
from verifier.settings import models_folder
from verifier.store.corrections import Correction
from verifier.store.relations import ISSUER, LONGEST_KEY, NUMBER, VIN, Key

KIND, PAGES = "kind", "pages"
WHOLE_FILE = 0
"""The part that a correction of `pages` names: where one document of the file ends and the next begins."""
_TEXTS = ("number", "issuer", "addressee", "exporter", "chassis_brand", "chassis_model", "modified_brand",
          "modified_model", "announcement", "ccc_certificate", "owner", "manufacturer")  # fmt: skip
_DATES = ("issued_on", "valid_until")
SINGLE = frozenset((*_TEXTS, *_DATES, "export_country"))
LISTS: dict[str, type[VehicleClaim] | type[ServiceOutlet]] = {"vehicles": VehicleClaim, "outlets": ServiceOutlet}
MOST_ROWS = 200
"""Rows of a list that a correction may name: three times the longest table of vehicles."""
LONGEST_VALUE = 400


class CorrectionError(RequestError):
    """A field that nobody knows, or a value of the wrong form."""

    code = "correction_refused"
    cause = "the correction cannot be used"
    cause_zh = "该更正无法使用"
    advice = "name a field of the report, and write its value as the report does"
    advice_zh = "请按报告中的字段名称和格式填写"
    http_status = 422


def normalised(field: str, value: str) -> str:
    """Return a correction's value as the report writes it, '' for a value that does not stand on the paper.

    Raises CorrectionError where no such field exists or the value has not its form.
    """
    value = clean(value)
    if len(value) > LONGEST_VALUE or "\x00" in value:
        raise CorrectionError("value: too long")
    if field == PAGES:
        return _as_groups(value)
    if field == KIND:
        if value not in {kind.value for kind in Kind}:
            raise CorrectionError("kind: none of the report's")
        return value
    name = _name_of(field)
    return value and _of_form(name, value)


def _name_of(field: str) -> str:
    """Return the plain name of a field: `vin` of `vehicles.0.vin`; raises CorrectionError for none."""
    name, _, rest = field.partition(".")
    index, _, own = rest.partition(".")
    if not rest and name in SINGLE:
        return name
    if name in LISTS and index.isdecimal() and int(index) < MOST_ROWS and own in LISTS[name].__dataclass_fields__:
        return own
    raise CorrectionError(f"{field[:60]}: no such field")


def _of_form(name: str, value: str) -> str:
    if name == "vin":
        vin = vins.normalise(value)
        if not vins.is_well_formed(vin):
            raise CorrectionError("vin: 17 letters and digits")
        return vin
    if name.endswith("country"):
        if not is_code(value.upper()):
            raise CorrectionError("country: an ISO 3166 alpha-2 code")
        return value.upper()
    if name in _DATES or name.endswith("_date"):
        try:
            return parse_date(value).value.isoformat()
        except ValueError as error:
            raise CorrectionError("date: like 2026-01-15") from error
    return value


def _as_groups(value: str) -> str:
    """Return `1,2;3` as JSON; raises CorrectionError where pages are out of order, missing or no numbers."""
    try:
        groups = [[int(page) for page in group.split(",")] for group in value.split(";")]
    except ValueError as error:
        raise CorrectionError("pages: like 1,2;3") from error
    flat = [page for group in groups for page in group]
    if len(flat) > 1000 or any(b <= a for a, b in pairwise(flat)) or flat[0] < 1:
        raise CorrectionError("pages: each once, in order")
    return json.dumps(groups)


def keys_of(corrections: Iterable[Correction]) -> frozenset[Key]:
    """Return by what a document may be found because of what an official read in it."""
    found = set()
    for one in corrections:
        name = one.field.rpartition(".")[2]
        if name == "vin":
            found.add((VIN, one.value))
        elif one.field == "number":
            found.add((NUMBER, letter_number_key(one.value)))
        elif one.field == "issuer":
            found.add((ISSUER, normalise_name(one.value)))
    return frozenset((kind, value[:LONGEST_KEY]) for kind, value in found if value)


# --- applying -------------------------------------------------------------------------------------------


def corrected(
    parts: tuple[Examination, ...], corrections: Sequence[Correction], registry: Registry
) -> tuple[Examination, ...]:
    """Return what was seen in a file as it is with the corrections that hold: first pages, then kinds, then fields.

    Seals are compared again where another maker now issues the letter; where that needs the page, they count as
    not compared.
    """
    if not corrections:
        return parts
    kinds = {one.part: Kind(one.value) for one in corrections if one.field == KIND}
    groups = next((json.loads(one.value) for one in corrections if one.field == PAGES), None)
    changed = parts
    if groups is not None or kinds:
        groups = groups or [[page.number for page in part.pages] for part in parts]
        changed = understand_as(parts, groups, kinds, _labels(), registry)
    by_part: dict[int, list[Correction]] = {}
    for one in corrections:
        if one.field not in (KIND, PAGES):
            by_part.setdefault(one.part, []).append(one)
    return tuple(_with_fields(part, by_part.get(part.part_index, ()), registry) for part in changed)


@lru_cache(maxsize=1)
def _labels() -> Labels:
    return Labels.load(models_folder())


@lru_cache(maxsize=1)
def _comparator() -> CharacterComparator:
    return load_comparator(models_folder())


def _with_fields(seen: Examination, corrections: Iterable[Correction], registry: Registry) -> Examination:
    letter = seen.letter
    for one in corrections:
        letter = with_value(letter, one.field, one.value)
    changed = replace(seen, letter=letter)
    if issuing_maker(letter, registry) == issuing_maker(seen.letter, registry):
        return changed
    return _sealed_anew(changed, registry)


def _sealed_anew(seen: Examination, registry: Registry) -> Examination:
    maker = issuing_maker(seen.letter, registry)
    mine = registry.active_specimens(maker)
    pages = {page.number: page for page in seen.pages}
    again = (
        compare_again(seal, pages[seal.page], maker, mine, _comparator) if seal.page in pages else None
        for seal in seen.seals
    )
    seals = tuple(new or replace(old, comparison=None) for old, new in zip(seen.seals, again, strict=True))
    return replace(seen, seals=seals)


def with_value(letter: Letter, field: str, value: str) -> Letter:
    """Return a letter with one value as an official reads it; '' takes it away."""
    name, _, rest = field.partition(".")
    if not rest:
        new = by_official(getattr(letter, name), value)
        changed = replace(letter, **{name: new})  # type: ignore[arg-type]  # `normalised` let only fields through
        if name == "export_country":
            changed = replace(changed, export_countries=(new,) if new else (), mislabelled_country=None)
        return changed
    index, own = int(rest.partition(".")[0]), rest.partition(".")[2]
    if name == "vehicles":
        return replace(letter, vehicles=_vehicles(letter.vehicles, index, own, value))
    return replace(letter, outlets=_outlets(letter.outlets, index, own, value))


def _vehicles(rows: tuple[VehicleClaim, ...], index: int, own: str, value: str) -> tuple[VehicleClaim, ...]:
    if index >= len(rows):
        return (*rows, VehicleClaim(_typed(value))) if own == "vin" and value else rows
    if own == "vin" and not value:
        return rows[:index] + rows[index + 1 :]
    new = by_official(getattr(rows[index], own), value)
    return (*rows[:index], replace(rows[index], **{own: new}), *rows[index + 1 :])  # type: ignore[arg-type]


def _outlets(rows: tuple[ServiceOutlet, ...], index: int, own: str, value: str) -> tuple[ServiceOutlet, ...]:
    if index >= len(rows):
        return (*rows, replace(ServiceOutlet(), **{own: _typed(value)})) if value else rows
    new = by_official(getattr(rows[index], own), value)
    return (*rows[:index], replace(rows[index], **{own: new}), *rows[index + 1 :])


def _typed(value: str) -> Field:
    """Return a value that the machine did not find anywhere."""
    return Field(value, value, 1.0, 1, None, Source.OFFICIAL)


def by_official(machine: Field | None, value: str) -> Field | None:
    """Return a field with an official's value; text, place and the machine's reading stay."""
    if not value:
        return None
    if machine is None:
        return _typed(value)
    read = (*machine.readings, Reading(machine.text, machine.confidence, machine.source))
    return replace(machine, value=value, confidence=1.0, source=Source.OFFICIAL, doubt=None, readings=read)


def machine_value(parts: Sequence[Examination], part: int, field: str) -> str:
    """Return what the machine had read for a field, as JSON; raises CorrectionError where the part is none."""
    if field == PAGES:
        return json.dumps([[page.number for page in seen.pages] for seen in parts])
    letter = next((seen.letter for seen in parts if seen.part_index == part), None)
    if letter is None:
        raise CorrectionError(f"part {part}: no such part")
    if field == KIND:
        return json.dumps(letter.kind.value)
    name, _, rest = field.partition(".")
    found = getattr(letter, name)
    if rest:
        index, own = int(rest.partition(".")[0]), rest.partition(".")[2]
        found = getattr(found[index], own) if index < len(found) else None
    return json.dumps(None if found is None else {"value": found.value, "text": found.text}, ensure_ascii=False)
