"""Where one document of a file ends and the next begins: by titles, numbers, footers and closings, page by page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verifier.extraction.cells import Cell
from verifier.extraction.kind import TITLE_SHARE, bare_title, title_of_page
from verifier.extraction.labels import Labels
from verifier.extraction.layout import Layout
from verifier.extraction.particulars import find_number, find_page_claims
from verifier.extraction.parties import company_alone, find_addressee
from verifier.formats.dates import find_dates
from verifier.formats.gazetteer import fold
from verifier.formats.names import differing_share, normalise_name
from verifier.formats.numbers import number_key
from verifier.letter import Field, Kind
from verifier.page import Page

HEADING_ROWS = 4
"""Rows among which a page says that it is an annex."""
CLOSING_ROWS = 7
"""Rows at the end of a page among which a document is signed."""
NEAR_DATE = 4
"""Rows from the name that signs down to its date."""
OTHER_NAME = 0.3
"""Share of differing characters from which two readings are names of two companies."""
LONGEST_DATE_LINE = 24
"""Characters of a line that dates a document: 日期：2026年1月15日."""
HEAD_ROWS, FEWEST_BODY_ROWS = 2, 5
"""Rows of a letterhead; rows of a page from which its first ones are a letterhead and no closing carried over."""
_SIGNING = ("issuer", "signature", "issued_on")
_TAKES_LEAVE = re.compile(
    r"顺颂商祺|此致|敬礼|特此(?:证明|确认|说明|函)|[(（](?:单位|公司)?(?:公章|盖章|印章|章)[)）]|"
    r"yours\s+(?:faithfully|sincerely|truly)|(?:for\s+and\s+)?on\s+behalf\s+of|с\s+уважением|atentamente|veuillez\s+agréer",
    re.I,
)
"""How a letter takes leave: with a company's name or a date it is signed, wherever it was dated."""
_ANNEX = re.compile(
    r"^\W*(?:附件|附表|附录|附頁|附页|附：|续表|续页|接上页|annex|appendix|attachment|schedule|enclosure|приложение|anexo|annexe)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class PageSigns:
    """What one page says of the document it belongs to."""

    blank: bool
    annex: bool
    title: Kind | None
    words: str
    """The title's own words, folded: two invoices have the same, an invoice and a licence have not."""
    whole_title: bool
    """The title opens a document of its kind; False for headings inside one (注册登记机动车信息栏)."""
    number: str | None
    claim: tuple[int, int] | None
    """The footer: page x of y."""
    signers: frozenset[str]
    """Companies that stand alone among the last rows."""
    dated: bool
    """Whether a line among the last rows holds a date of signing and nothing else."""
    takes_leave: bool
    """Whether the last rows take leave in the name of a company or with a date."""
    greets: bool
    """Whether somebody is addressed at the top."""
    heads: frozenset[str]
    """Companies that stand alone over the page."""

    @property
    def closed(self) -> bool:
        """Whether a document ends here: signed by a company, with a date or in words that take leave."""
        return bool(self.signers) or self.takes_leave


BLANK = PageSigns(
    True,
    False,
    None,
    "",
    False,
    None,
    None,
    frozenset(),
    dated=False,
    takes_leave=False,
    greets=False,
    heads=frozenset(),
)


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


def signs_of(page: Page, labels: Labels) -> PageSigns:
    """Return what a page says of its document, read alone."""
    layout = Layout.of((page,), labels, ())
    if not layout.rows:
        return BLANK
    title = title_of_page(layout) or _bare_title(layout)
    kind = title[0] if title else None
    number = find_number(layout)
    claims = find_page_claims(layout)
    x, _, y = claims[-1].value.partition("/") if claims else ("", "", "")
    heading = [cell.text for row in layout.rows[:HEADING_ROWS] for cell in row.cells]
    names, dated, takes_leave = _closing(layout)
    return PageSigns(
        blank=False,
        annex=any(_ANNEX.match(text) for text in heading),
        title=kind,
        words=fold(title[1].text) if title else "",
        whole_title=title is not None and not _is_inner_heading(title[1].text, labels),
        number=number_key(number.value) if number and kind is not Kind.REGISTRATION_CERTIFICATE else None,
        claim=(int(x), int(y)) if x else None,
        signers=frozenset(names),
        dated=dated,
        takes_leave=takes_leave,
        greets=find_addressee(layout) is not None,
        heads=frozenset(_letterhead(layout)),
    )


def _bare_title(layout: Layout) -> tuple[Kind, Field] | None:
    """Return a title that only says "confirmation", at the head of the page."""
    bare = bare_title(layout)
    at_head = bare is not None and bare.box is not None and bare.box.y0 < TITLE_SHARE
    return (Kind.CONFIRMATION_LETTER, bare) if bare and at_head else None


def _letterhead(layout: Layout) -> list[str]:
    """Return the companies alone among the first rows of a page that goes on after them."""
    if len(layout.rows) < FEWEST_BODY_ROWS + HEAD_ROWS:
        return []
    cells = [cell for row in layout.rows[:HEAD_ROWS] for cell in row.cells if not _is_labelled(cell, layout)]
    return [normalise_name(name.value) for cell in cells if (name := company_alone(cell))]


def _is_labelled(cell: Cell, layout: Layout) -> bool:
    """Return whether a cell is what a label names, but for who signs: 制造厂名称 over a date is no closing."""
    return any(cell in (value.cell, value.label_cell) and value.name not in _SIGNING for value in layout.labelled)


def _closing(layout: Layout) -> tuple[list[str], bool, bool]:
    """Return what the last rows outside tables hold: companies alone above a date, such a date, a leave taken."""
    tables = layout.table_rows("vehicles") | layout.table_rows("outlets")
    last = [(n, c) for n, c in layout.cells() if n >= len(layout.rows) - CLOSING_ROWS and n not in tables]
    dates = [number for number, cell in last if _is_date(cell, layout.labels)]
    alone = [(n, company_alone(cell)) for n, cell in last if not _is_labelled(cell, layout)]
    names = [(n, normalise_name(name.value)) for n, name in alone if name]
    signed = [name for number, name in names if any(0 <= date - number <= NEAR_DATE for date in dates)]
    leaves = bool(names or dates) and any(_TAKES_LEAVE.search(cell.text) for _, cell in last)
    return signed, bool(dates), leaves


def _is_inner_heading(text: str, labels: Labels) -> bool:
    return any(words in fold(text) for words in labels.inner_headings)


def _is_date(cell: Cell, labels: Labels) -> bool:
    """Return whether a short line holds a date, and no label but one of signing."""
    about = {mention.code for mention in labels.fields.find(cell.text)}
    return len(cell.text.strip()) <= LONGEST_DATE_LINE and about <= {"issued_on"} and bool(find_dates(cell.text))


def begins_document(page: PageSigns, before: Sequence[PageSigns]) -> bool:
    """Return whether a page begins a new document after the pages `before`, which are one (at least one).

    An annex and a blank page belong to what came before. A footer that counts on goes on; one that counts from 1
    again begins. A title of another kind begins; the same title again is a running head while nothing was signed.
    Without a title, who is addressed, a letterhead and a reference number say that a letter begins.
    """
    if page.blank or (page.annex and not (page.whole_title and _other_number(page, before))):
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


def _letter_begins(page: PageSigns, before: Sequence[PageSigns], *, ended: bool) -> bool:
    """Return whether a page without a title opens a letter."""
    if page.number and {signs.title for signs in before} == {Kind.REGISTRATION_CERTIFICATE}:
        return True  # certificates carry no reference number
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
