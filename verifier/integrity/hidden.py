"""Values that stand in hidden text only, and numbers spelt in letters of another alphabet.

Text may be hidden without looking so: clipped away or switched off where other print shows through its box. So a
value in text that should be seen is held against what was read where it stands as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from verifier.examination import Finding
from verifier.formats.distance import edit_distance
from verifier.formats.vin import ALPHABET, HOMOGLYPHS, LENGTH, is_valid
from verifier.integrity.compare import (
    MAKERS_COUNTRY,
    NOISE_DISTANCE,
    countries_in,
    distance_within,
    essence,
    latinised,
    vins_in,
)
from verifier.integrity.fields import Sort, VerdictField
from verifier.integrity.layer import is_nonsense, is_scanners, stands_in
from verifier.page import LayerWord, Page

_MIXED = re.compile(rf"[{ALPHABET}IOQ{''.join(HOMOGLYPHS)}]{{{LENGTH}}}", re.IGNORECASE)
MISREAD = 0.5
"""Share of a value's characters that a reader may miss where it stands. Print misread by all that shares a third."""
FEWEST_LATIN = 6
"""Latin letters and digits in a mixed token; a word of another alphabet has none."""


def find_hidden_values(
    pages: tuple[Page, ...], fields: tuple[VerdictField, ...], findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Return a `hidden_text` for each hidden vehicle number or country that the pixels show nowhere.

    `field` is the first field of the kind that the value counterfeits, None where the letter has none; `detail` why it
    cannot be seen, `unread` where its paint should show and the pixels are read as something else.
    """
    shown = " ".join(line.text for page in pages for line in page.lines)
    shown += " " + " ".join(field.field.text for field in fields)
    known_vins = tuple(field.field.value for field in fields if field.sort is Sort.VIN)
    known_countries = countries_in(shown) | {f.field.value for f in fields if f.sort is Sort.COUNTRY}
    compact = essence(shown)
    numbers = {page.number: [line.box for line in page.lines if vins_in(line.text)] for page in pages}
    found: list[Finding] = []
    for page, word in (*_hidden_words(pages), *_seemingly_shown(pages, known_countries)):
        scanned = is_scanners(word, page, findings)
        noisy = scanned and _is_shown_print(word, page)
        misread = any(stands_in(word.box, box) for box in numbers[page.number])  # a footer is never taken for a number
        vins = _unshown_vins(word.text, compact, known_vins, scanned=scanned, noisy=misread)
        found.extend(_hidden(page, word, vin, _first(fields, Sort.VIN)) for vin in vins)
        if not noisy and countries_in(word.text) - known_countries - {MAKERS_COUNTRY}:
            found.append(_hidden(page, word, word.text, _first(fields, Sort.COUNTRY)))
    for finding in findings:
        if finding.code == "actual_text":
            found.extend(_spoken(finding, compact, known_vins, known_countries, fields))
    return tuple(found)


def _seemingly_shown(pages: tuple[Page, ...], countries: frozenset[str] | set[str]) -> Iterator[tuple[Page, LayerWord]]:
    """Yield words with numbers or other countries that are painted to be seen, and that nobody reads in their place."""
    for page in pages:
        visible = [word for word in page.layer if word.hidden is None]
        named = countries_in(" ".join(word.text for word in visible)) - countries
        told = [word for word in visible if vins_in(word.text) or (named and countries_in(word.text) & named)]
        if told and not is_nonsense(page):
            yield from ((page, replace(word, hidden="unread")) for word in told if not _is_read(word, page))


def _is_read(word: LayerWord, page: Page) -> bool:
    """Return whether what was read where a word stands is like it."""
    read = essence(" ".join(line.text for line in page.lines if stands_in(word.box, line.box)))
    said = essence(word.text)
    return distance_within(said, read) <= MISREAD * len(said)


def _spoken(
    finding: Finding,
    shown: str,
    vins: tuple[str, ...],
    countries: frozenset[str] | set[str],
    fields: tuple[VerdictField, ...],
) -> Iterator[Finding]:
    """Yield a `hidden_text` where what a page's content is said to stand for names a value that no pixel shows."""
    for vin in _unshown_vins(finding.text, shown, vins, scanned=False, noisy=False):
        yield Finding("hidden_text", finding.page, text=vin, field=_first(fields, Sort.VIN), detail="actual_text")
    if countries_in(finding.text) - countries - {MAKERS_COUNTRY}:
        country = _first(fields, Sort.COUNTRY)
        yield Finding("hidden_text", finding.page, text=finding.text, field=country, detail="actual_text")


def _hidden_words(pages: tuple[Page, ...]) -> Iterator[tuple[Page, LayerWord]]:
    return ((page, word) for page in pages for word in page.layer if word.hidden is not None)


def _is_shown_print(word: LayerWord, page: Page) -> bool:
    """Return whether the pixels show some print where a hidden word stands: a scanner's reader reads nothing else."""
    return any(stands_in(word.box, line.box) for line in page.lines)


def _unshown_vins(text: str, shown: str, known: tuple[str, ...], *, scanned: bool, noisy: bool) -> list[str]:
    """Return the vehicle numbers in `text` that are not among the pixels' text, noise of scans left out.

    What a scanner's reader made of print (`noisy`) may be a known number misread; what it left on blank paper not.
    """
    unshown = [vin for vin in vins_in(text) if vin not in known and essence(vin) not in shown]
    if not scanned:
        return unshown
    valid = [vin for vin in unshown if is_valid(vin)]
    return [v for v in valid if not noisy or all(edit_distance(v, k) >= NOISE_DISTANCE for k in known)]


def _first(fields: tuple[VerdictField, ...], sort: Sort) -> str | None:
    return next((field.name for field in fields if field.sort is sort), None)


def _hidden(page: Page, word: LayerWord, text: str, field: str | None) -> Finding:
    return Finding("hidden_text", page.number, word.box, text=text, field=field, detail=word.hidden or "")


def find_homoglyphs(
    pages: tuple[Page, ...], fields: tuple[VerdictField, ...], findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Return a `homoglyph` for each vehicle number of the layer that has letters of another alphabet.

    `text` is as spelt, `shown` its Latin look; `field` is the vehicle number it stands for, if any. In the layer
    of a scan it is a `homoglyph_in_scan`: its reader may have taken a letter for one of its other language.
    """
    return tuple(
        Finding(
            code="homoglyph_in_scan" if is_scanners(word, page, findings) else "homoglyph",
            page=page.number,
            box=word.box,
            text=token,
            shown=latinised(token),
            field=_meant(fields, page, word, token),
            detail=word.hidden or "visible",
        )
        for page in pages
        for word in page.layer
        for token in _mixed_tokens(word.text)
    )


def _mixed_tokens(text: str) -> list[str]:
    return [
        token
        for token in _MIXED.findall(text)
        if any(c in HOMOGLYPHS for c in token.upper()) and sum(c.isascii() for c in token) >= FEWEST_LATIN
    ]


def _meant(fields: tuple[VerdictField, ...], page: Page, word: LayerWord, token: str) -> str | None:
    for field in fields:
        box = field.field.box
        here = field.field.page == page.number and box is not None and stands_in(word.box, box)
        if field.sort is Sort.VIN and (here or field.field.value == latinised(token)):
            return field.name
    return None
