"""Annotations, form fields, patches and later changes that touch what the verdict rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import replace

from verifier.examination import Finding
from verifier.integrity.compare import contradicts, essence, vins_in
from verifier.integrity.fields import Sort, VerdictField
from verifier.integrity.layer import stands_in
from verifier.page import Box, Page

TOUCHED = 0.1
"""Share of a field's box that an object must cover to touch it; boxes of neighbours overlap by less."""
HELD = 0.5
"""Share of a small object that must lie within the field's box to touch it."""
_CHANGES_PICTURE = ("changes", "prints_otherwise")
"""Last word of an annotation's detail where it makes print appear or disappear."""
PATCH_COVERS = 0.7
PATCH_AREA = 4.0
"""A picture that covers a field and is at most this many times its box is a patch; larger ones hold more."""
PATCH_ON_SCAN = 0.3
"""Share of a field's box that a picture without a mask must cover where the page is a scan, whatever its size: print in
low type fills two thirds of a reader's box. None of 222 genuine letters of two other generators has such a picture."""
_PATCHED = (Sort.VIN, Sort.COUNTRY)
MOST_PICTURES = 8
"""Pictures placed on one page; where there are more, its producer cuts all print into pieces (mixed raster content)."""
BURIED = 0.95
"""Share of a scan's picture that another one laid over it hides: all of it. None of 111 genuine letters of two other
generators has two pictures without a mask on one page; compact files lay theirs through masks."""
MOST_DRAWN = 0.5
"""Share of a scanned page's lines that may be drawn over it: fax headers, page numbers, a filing stamp."""


def upright_findings(findings: tuple[Finding, ...], pages: tuple[Page, ...]) -> tuple[Finding, ...]:
    """Return findings as opened with their boxes on the upright pages."""
    by_number = {page.number: page for page in pages}
    return tuple(_upright(finding, by_number) for finding in findings)


def _upright(finding: Finding, pages: dict[int, Page]) -> Finding:
    page = pages.get(finding.page) if finding.page is not None else None
    if page is None or finding.box is None:
        return finding
    return replace(finding, box=page.upright(finding.box))


def name_touched_fields(
    findings: tuple[Finding, ...], fields: tuple[VerdictField, ...], pages: tuple[Page, ...]
) -> tuple[Finding, ...]:
    """Return the findings with `field` set where they bear on a verdict field, and patches as `overlay`.

    One that bears on several comes back once for each.
    """
    scans = {page.number for page in pages if _is_scan(page, findings)}
    return (
        *(named for finding in findings for named in _named(finding, fields, scans)),
        *_patches(findings, fields, pages, scans),
        *_buried(findings),
    )


def _named(finding: Finding, fields: tuple[VerdictField, ...], scans: Set[int]) -> list[Finding]:
    if finding.code == "active_content":
        spoken = next((f for f in fields if _is_spoken_of(f, finding.text)), None)
        return [replace(finding, field=spoken.name, shown=spoken.field.text) if spoken else finding]
    over = finding.page in scans
    touched = [f for f in fields if _is_argued(finding, f) or (_touches(finding, f) and _bears_on(finding, f, over))]
    return [replace(finding, field=f.name, shown=f.field.text) for f in touched] or [finding]


def _is_spoken_of(field: VerdictField, source: str) -> bool:
    """Return whether a script or packet holds a vehicle number; names of countries are those of faces too."""
    return field.sort is Sort.VIN and bool(vins_in(source))


def _is_argued(finding: Finding, field: VerdictField) -> bool:
    """Return whether two parsers of the file read this vehicle number's page differently about it."""
    if finding.code != "parser_conflict" or field.sort is not Sort.VIN or finding.page != field.field.page:
        return False
    return field.field.value in (*finding.text.split(), *finding.shown.split())


def _touches(finding: Finding, field: VerdictField) -> bool:
    box = field.field.box
    if finding.page != field.field.page or finding.box is None or box is None:
        return False
    shared = finding.box.overlap(box)
    return shared > 0 and (shared >= TOUCHED * box.area or shared >= HELD * finding.box.area)


def _bears_on(finding: Finding, field: VerdictField, over_scan: bool) -> bool:
    """Return whether an object over a field says or does something about its value.

    A form field that holds just what its place shows is an ordinary form, unless it changes what was scanned.
    """
    if finding.code == "revision":
        return True
    if finding.code not in ("annotation", "form_field"):
        return False
    if finding.text and contradicts(field, finding.text, honest_noise=False):
        return True
    agrees = bool(finding.text) and essence(field.field.text) in essence(finding.text)
    if finding.code == "form_field" and agrees and not over_scan:
        return False
    return finding.detail.endswith(_CHANGES_PICTURE)


def _patches(
    findings: tuple[Finding, ...], fields: tuple[VerdictField, ...], pages: tuple[Page, ...], scans: Set[int]
) -> Iterator[Finding]:
    """Yield an `overlay` for each value that came onto its page in another way than the print around it.

    Amid drawn text that is a small picture over a vehicle number or a country, on a scan a picture over any value, or
    drawn text.
    """
    by_number = {page.number: page for page in pages}
    pictures = Counter(finding.page for finding in findings if finding.code == "drawn_image")
    few = tuple(finding for finding in findings if pictures[finding.page] <= MOST_PICTURES)
    for field in fields:
        box, page = field.field.box, by_number.get(field.field.page)
        if box is None or page is None:
            continue
        detail = ""
        if page.number in scans and any(_is_laid_on(f, page, box) for f in few):
            detail = "a picture laid on the scan"
        elif field.sort not in _PATCHED:
            continue
        elif any(_is_patch(f, page, box) for f in few) and not _is_drawn_text(page, field, box):
            detail = "a picture in place of text"
        elif page.number in scans and _is_drawn_text(page, field, box):
            detail = "text drawn over the scan"
        if detail:
            yield Finding("overlay", page.number, box, shown=field.field.text, field=field.name, detail=detail)


def _buried(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield a `stacked_scan` for each picture without a mask that hides a whole scan beneath it.

    Nobody sees the one below: a page that was changed is laid over the one that was issued.
    """
    scans = [f for f in findings if f.code == "page_image" and f.detail == "opaque"]
    for index, upper in enumerate(scans):
        if any(_hides(upper, lower) for lower in scans[:index]):
            yield Finding("stacked_scan", upper.page, upper.box)


def _hides(upper: Finding, lower: Finding) -> bool:
    if upper.page != lower.page or upper.box is None or lower.box is None:
        return False
    return upper.box.covers(lower.box, BURIED)


def _is_scan(page: Page, findings: tuple[Finding, ...]) -> bool:
    """Return whether pictures make up the page, and most of its print is part of them."""
    if not any(finding.code == "page_image" and finding.page == page.number for finding in findings):
        return False
    visible = [word.box for word in page.layer if word.hidden is None]
    drawn = sum(any(stands_in(box, line.box) for box in visible) for line in page.lines)
    return drawn < MOST_DRAWN * len(page.lines)


def _is_patch(finding: Finding, page: Page, box: Box) -> bool:
    if finding.code != "drawn_image" or finding.page != page.number or finding.box is None:
        return False
    return finding.box.covers(box, PATCH_COVERS) and finding.box.area <= PATCH_AREA * box.area


def _is_laid_on(finding: Finding, page: Page, box: Box) -> bool:
    """Return whether a picture that hides what is beneath it lies over a good part of a value."""
    if finding.code != "drawn_image" or finding.detail != "opaque" or finding.page != page.number:
        return False
    return finding.box is not None and finding.box.overlap(box) >= PATCH_ON_SCAN * box.area


def _is_drawn_text(page: Page, field: VerdictField, box: Box) -> bool:
    """Return whether the visible layer says the field's value in its box."""
    said = "".join(w.text for w in page.layer if w.hidden is None and stands_in(w.box, box))
    return essence(field.field.text) in essence(said)
