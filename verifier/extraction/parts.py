"""Where one document of a file ends and the next begins: by titles, numbers, footers and closings, page by page."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.extraction.labels import Labels
from verifier.extraction.page_signs import PageSigns, signs_of
from verifier.formats.distance import edit_distance
from verifier.formats.names import differing_share
from verifier.letter import Kind
from verifier.page import Page

OTHER_NAME = 0.3
"""Share of differing characters from which two readings are names of two companies."""


def split_pages(pages: tuple[Page, ...], labels: Labels) -> tuple[tuple[Page, ...], ...]:
    """Return the pages in groups, one a document, in their order; a file without pages is one empty group."""
    if len(pages) < 2:
        return (pages,)
    parts: list[list[Page]] = []
    before: list[PageSigns] = []
    for page in pages:
        signs = signs_of(page, labels)
        if not parts or begins_document(signs, before):
            parts.append([])
            before = []
        parts[-1].append(page)
        before.append(signs)
    return tuple(tuple(part) for part in parts)


def begins_document(page: PageSigns, before: Sequence[PageSigns]) -> bool:
    """Return whether a page begins a new document after the pages `before`, which are one (at least one).

    An annex, a blank page and a translation belong to what came before. A footer that counts on goes on; one that
    counts from 1 again begins. A title of another kind begins; the same title again is a running head while nothing
    was signed. Without a title, who is addressed, a letterhead and a reference number say that a letter begins.
    """
    if page.blank or (page.annex and not (page.whole_title and _other_number(page, before))):
        return False
    if _is_translation(page, before):
        return False
    counted = [signs.claim for signs in before if signs.claim]
    if page.claim and counted and page.claim == (counted[-1][0] + 1, counted[-1][1]):
        return False
    ended = any(signs.closed for signs in before) or (bool(counted) and counted[-1][0] == counted[-1][1])
    if page.claim and page.claim[0] == 1 and (page.claim[1] == 1 or counted or ended or page.title):
        return True
    if page.title:
        return _title_begins(page, before, ended=ended or any(signs.dated for signs in before))
    return _letter_begins(page, before, ended=ended)


def _is_translation(page: PageSigns, before: Sequence[PageSigns]) -> bool:
    """Return whether a page says in another language what the pages before it say: of no other vehicle or number."""
    known = frozenset[str]().union(*(signs.vins for signs in before))
    same_kind = page.title is not None and page.title in {signs.title for signs in before}
    other_language = all(signs.chinese != page.chinese for signs in before)
    return same_kind and other_language and bool(page.vins) and page.vins <= known and not _other_number(page, before)


def _letter_begins(page: PageSigns, before: Sequence[PageSigns], *, ended: bool) -> bool:
    """Return whether a page without a title opens a letter."""
    if page.number and {signs.title for signs in before} == {Kind.REGISTRATION_CERTIFICATE}:
        return True  # certificates carry no reference number
    if page.number_heads and _other_number(page, before) and not _is_misread(page, before):
        return True
    if page.greets and (_other_number(page, before) or _first_number(page, before)):
        return True
    opens = page.greets or _first_number(page, before) or _other_head(page, before)
    return ended and (opens or _other_number(page, before) or _other_signers(page, before))


def _title_begins(page: PageSigns, before: Sequence[PageSigns], *, ended: bool) -> bool:
    kinds = {signs.title for signs in before if signs.title}
    if kinds and page.title not in kinds:
        return True
    if not page.whole_title:
        return False
    if not kinds and page.title is not Kind.CONFIRMATION_LETTER:
        numbered = any(signs.number or signs.greets for signs in before)
        return ended or numbered or page.title is not Kind.REGISTRATION_CERTIFICATE
    if page.title is Kind.REGISTRATION_CERTIFICATE:
        return any(signs.whole_title for signs in before)
    if not kinds:
        return ended or _other_number(page, before) or all(signs.number is None for signs in before)
    if _other_number(page, before) or (page.title is Kind.OTHER and _other_words(page, before)):
        return True
    same_number = page.number is not None and page.number in {signs.number for signs in before}
    return ended and (page.closed or not same_number)


def _other_words(page: PageSigns, before: Sequence[PageSigns]) -> bool:
    return page.words not in {signs.words for signs in before}


def _is_misread(page: PageSigns, before: Sequence[PageSigns]) -> bool:
    """Return whether a number may be that of a page before, one character misread."""
    return any(edit_distance(page.number or "", signs.number) <= 1 for signs in before if signs.number)


def _first_number(page: PageSigns, before: Sequence[PageSigns]) -> bool:
    return page.number is not None and all(signs.number is None for signs in before)


def _other_head(page: PageSigns, before: Sequence[PageSigns]) -> bool:
    """Return whether another company's name stands over the page than over or under the pages before."""
    known = {name for signs in before for name in signs.heads | signs.signers}
    return bool(page.heads and known) and all(differing_share(a, b) > OTHER_NAME for a in page.heads for b in known)


def _other_number(page: PageSigns, before: Sequence[PageSigns]) -> bool:
    numbers = {signs.number for signs in before if signs.number}
    return page.number is not None and bool(numbers) and page.number not in numbers


def _other_signers(page: PageSigns, before: Sequence[PageSigns]) -> bool:
    signed = {name for signs in before for name in signs.signers}
    return page.closed and all(differing_share(a, b) > OTHER_NAME for a in page.signers for b in signed)
