"""In which country an outlet lies, as far as its own words and dial code show it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from verifier.extraction.layout import Layout
from verifier.extraction.outlet_looks import STREET_WORD
from verifier.formats.gazetteer import Gazetteer, Mention
from verifier.formats.phones import countries_of
from verifier.letter import Field, ServiceOutlet

_PIECE = re.compile(r"[^,，;；]+")
_POSTCODE = re.compile(r"^\s*\d{4,6}\s+(?=[^\W\d_])|(?<=[^\W\d_])\s+\d{4,6}\s*$")
"""A postcode before or behind a town is no house number: 64480 Monterrey, Jakarta 14450."""
_DISTRICT = re.compile(r"\s*(?:市|州|省|区|县|城|共和国|首都)")


@dataclass(frozen=True, slots=True)
class _Hint:
    field: Field
    codes: frozenset[str]


def with_country(outlet: ServiceOutlet, scope: Field | None, layout: Layout) -> ServiceOutlet:
    """Return the outlet with its country where every hint that says something allows exactly one.

    Hints are the stated country, a heading's (`scope`), countries and cities in the address, the dial code; the
    name's words only where there is no other. Where they contradict a stated country, it stays with the doubt
    `conflict`; otherwise the country is undecided, unless only a little known town stands against the country that
    both the address and the dial code name.
    """
    stated = [field for field in (outlet.country, scope) if field]
    hints = [_Hint(field, frozenset({field.value})) for field in stated if field.doubt is None]
    hints += _hints(outlet.address, layout) if outlet.address else []
    if outlet.phone and outlet.phone.value.startswith("+"):
        codes = frozenset(countries_of(outlet.phone.value))
        hints += [_Hint(outlet.phone, codes)] if codes else []
    if not hints and outlet.name:
        hints = _hints(outlet.name, layout)
    allowed = frozenset.intersection(*(hint.codes for hint in hints)) if hints else frozenset()
    if not allowed and not stated:
        allowed = _told_twice(outlet, layout)
    if len(allowed) == 1:
        return replace(outlet, country=replace(hints[0].field, value=next(iter(allowed)), readings=(), doubt=None))
    return replace(outlet, country=replace(stated[0], doubt="conflict") if stated else None)


def _told_twice(outlet: ServiceOutlet, layout: Layout) -> frozenset[str]:
    """Return the one country that an address names and the dial code belongs to; none where a well-known place differs.

    Small towns share their names, the more so in Chinese: what both of the others say is not in doubt for that.
    """
    if outlet.address is None or outlet.phone is None or not outlet.phone.value.startswith("+"):
        return frozenset()
    text = outlet.address.text
    named = {m.code for m in layout.labels.countries.find(text) if _is_sure(text, m, layout.labels.countries)}
    told = frozenset(named & set(countries_of(outlet.phone.value)))
    other = any(not told & set(m.code.split("/")) for m in layout.labels.chief_places.find(text))
    return told if len(named) == len(told) == 1 and not other else frozenset()


def _hints(field: Field, layout: Layout) -> list[_Hint]:
    """Return what the countries and the cities named in a text allow, each as one hint.

    Streets are called after places, too (Route du Niger, Calle de Argelia): names in a part with a street word
    or a house number count only where no other part names any.
    """
    found = []
    for names in (layout.labels.countries, layout.labels.places):
        mentions = names.find(field.text)
        sure = [mention for mention in mentions if _is_sure(field.text, mention, layout.labels.countries)]
        codes = {code for mention in sure or mentions for code in mention.code.split("/")}
        if codes:
            found.append(_Hint(field, frozenset(codes)))
    sure_ones = [
        _is_sure(field.text, mention, layout.labels.countries)
        for names in (layout.labels.countries, layout.labels.places)
        for mention in names.find(field.text)
    ]
    if any(sure_ones) and len(found) > 1:
        found = [hint for hint in found if _has_sure(field, hint, layout)]
    return found


def _has_sure(field: Field, hint: _Hint, layout: Layout) -> bool:
    return any(
        _is_sure(field.text, mention, layout.labels.countries) and hint.codes & set(mention.code.split("/"))
        for names in (layout.labels.countries, layout.labels.places)
        for mention in names.find(field.text)
    )


def _is_sure(text: str, mention: Mention, countries: Gazetteer) -> bool:
    """Return whether a name is that of a town or country, not of a street, nor some characters of another word."""
    if "\u4e00" <= text[mention.start] <= "\u9fff":
        before = text[: mention.start].strip()
        leads = not before or any(m.stop == len(before) for m in countries.find(before))
        return (
            leads
            or bool(_DISTRICT.match(text, mention.stop))
            or (mention.stop - mention.start > 2 and not before[-1:].isalnum())
        )
    piece = next(p for p in _PIECE.finditer(text) if p.start() <= mention.start < p.end())
    return not STREET_WORD.search(_POSTCODE.sub("", piece.group()))
