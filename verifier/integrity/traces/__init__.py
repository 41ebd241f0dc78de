"""Values pasted over in a scan's pixels: each verdict field against the other print of its page.

A page calibrates itself: printer, device, paper and compression are the same for all of its print, so a character or
field that came onto the picture in another way stands out, and a poor scan as a whole does not. Characters copied
within the page are told by agreeing too well. What the same device made at the same settings leaves no trace; this is
said in docs/tampering.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.examination import Finding, OpenedPage
from verifier.integrity.fields import Sort, VerdictField, verdict_fields
from verifier.integrity.traces.ways import ways_of
from verifier.integrity.traces.wiped import wiped_places
from verifier.letter import Letter
from verifier.page import Colour, Page

__all__ = ["TRACES_VERSION", "field_deviations", "find_traces"]

TRACES_VERSION = "10"
"""Goes up with whatever changes what is found in a scan's pixels: stored examinations are then made anew."""

_SORTS = (Sort.VIN, Sort.COUNTRY, Sort.DATE, Sort.NAME, Sort.CODE)
_NOT_WORTH_CHANGING = ("brand", "model", "issuer")
"""Ends of names. The issuer is held against the seal and the register, and makers set their own name heavier than the
page: 2 of 31 genuine tuning pages cried wolf by it."""
_OF_OUTLETS = "outlets"
"""Long lines of any script: who sends a letter to another country has to change its country as well."""


def find_traces(
    opened: tuple[OpenedPage, ...], pages: tuple[Page, ...], letter: Letter, findings: Sequence[Finding] = ()
) -> tuple[Finding, ...]:
    """Return a `tampering` for each verdict field whose print came onto the scan in another way than its page's, and a
    `wiped` for each place of a page's paper that was filled with one tone.

    `findings` are what the opener saw: a page whose print is laid on through a mask, as copiers write it, has the
    same symbol in many places honestly, so that characters that are alike say nothing there.
    Boxes are upright; `detail` is the deviation, 1.00 being the limit. Pages drawn by the file itself and pages in
    black and white only are not looked at.
    """
    pictures = {page.number: page.pixels for page in opened}
    tampered = (
        Finding(
            "tampering", field.field.page, field.field.box, field.field.text, field=field.name, detail=f"{value:.2f}"
        )
        for field, value in field_deviations(opened, pages, letter, findings)
        if value > 1.0
    )
    wiped = (
        Finding("wiped", page.number, page.upright(box))
        for page in pages
        if is_measurable(page) and page.number in pictures
        for box in wiped_places(pictures[page.number])
    )
    return (*tampered, *wiped)


def field_deviations(
    opened: tuple[OpenedPage, ...], pages: tuple[Page, ...], letter: Letter, findings: Sequence[Finding] = ()
) -> Iterator[tuple[VerdictField, float]]:
    """Yield each verdict field that can be measured with its deviation, 1 being the limit."""
    pictures = {page.number: page for page in opened}
    masked = {f.page for f in findings if f.code == "page_image" and f.detail == "soft_mask"}
    for page in pages:
        fields = [f for f in verdict_fields(letter) if f.field.page == page.number and _is_looked_at(f)]
        if fields and is_measurable(page) and page.number in pictures:
            yield from _of_page(pictures[page.number], page, fields, masked=page.number in masked)


def is_measurable(page: Page) -> bool:
    """Return whether a page is a picture with grey levels."""
    return not page.born_digital and page.colour is not Colour.BILEVEL


def _is_looked_at(field: VerdictField) -> bool:
    if field.name.startswith(_OF_OUTLETS) or field.name.endswith(_NOT_WORTH_CHANGING):
        return False
    return field.sort in _SORTS and field.field.box is not None


def _of_page(
    opened: OpenedPage, page: Page, fields: list[VerdictField], *, masked: bool
) -> Iterator[tuple[VerdictField, float]]:
    """Yield the fields with the largest of what all ways of looking say."""
    ways = ways_of(opened, page, fields, masked=masked)
    for index, field in enumerate(fields):
        values = [found[index] for found in ways.values() if index in found]
        if values:
            yield field, max(values)
