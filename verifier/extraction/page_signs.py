"""What one page says of the document it belongs to: its title, number, footer, who is addressed and who signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verifier.extraction.cells import Cell
from verifier.extraction.company_names import company_alone
from verifier.extraction.counts import find_page_claims
from verifier.extraction.exporter import find_addressee
from verifier.extraction.kind import TITLE_SHARE, bare_title, title_of_page
from verifier.extraction.labels import Labels
from verifier.extraction.layout import Layout
from verifier.extraction.letter_number import find_number
from verifier.extraction.table_heads import VIN
from verifier.formats.chinese import has_chinese
from verifier.formats.dates import find_dates
from verifier.formats.gazetteer import fold
from verifier.formats.names import normalise_name
from verifier.formats.numbers import number_key
from verifier.letter import Field, Kind
from verifier.page import Page
from verifier.record import Makers

HEADING_ROWS = 4
"""Rows among which a page says that it is an annex."""
CLOSING_ROWS = 7
"""Rows at the end of a page among which a document is signed."""
NEAR_DATE = 4
"""Rows from the name that signs down to its date."""
LONGEST_DATE_LINE = 24
"""Characters of a line that dates a document: 日期：2026年1月15日."""
CHINESE_SHARE = 0.25
"""Share of Chinese among the letters of a page in Chinese: tables are half of numbers and names; a translation names
little more than its makers."""
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
    annex: bool = False
    title: Kind | None = None
    words: str = ""
    """The title's own words, folded: two invoices have the same, an invoice and a licence have not."""
    whole_title: bool = False
    """The title opens a document of its kind; False for headings inside one (注册登记机动车信息栏)."""
    number: str | None = None
    number_heads: bool = False
    """Whether the number stands at the head of the page."""
    claim: tuple[int, int] | None = None
    """The footer: page x of y."""
    signers: frozenset[str] = frozenset()
    """Companies that stand alone among the last rows."""
    dated: bool = False
    """Whether a line among the last rows holds a date of signing and nothing else."""
    takes_leave: bool = False
    """Whether the last rows take leave in the name of a company or with a date."""
    greets: bool = False
    """Whether somebody is addressed at the top."""
    heads: frozenset[str] = frozenset()
    """Companies that stand alone over the page."""
    vins: frozenset[str] = frozenset()
    """Vehicle numbers anywhere on the page."""
    chinese: bool = True
    """Whether the page is in Chinese, names in another one set aside."""

    @property
    def closed(self) -> bool:
        """Whether a document ends here: signed by a company, with a date or in words that take leave."""
        return bool(self.signers) or self.takes_leave


BLANK = PageSigns(blank=True)


def signs_of(page: Page, labels: Labels) -> PageSigns:
    """Return what a page says of its document, read alone."""
    layout = Layout.of((page,), labels, Makers())
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
        number_heads=bool(number and number.box and number.box.y0 < TITLE_SHARE),
        claim=(int(x), int(y)) if x else None,
        signers=frozenset(names),
        dated=dated,
        takes_leave=takes_leave,
        greets=find_addressee(layout) is not None,
        heads=frozenset(_letterhead(layout)),
        vins=frozenset(match.group() for _, cell in layout.cells() for match in VIN.finditer(cell.text)),
        chinese=_is_chinese(layout),
    )


def _is_chinese(layout: Layout) -> bool:
    """Return whether a good share of a page's letters is Chinese."""
    letters = [character for _, cell in layout.cells() for character in cell.text if character.isalpha()]
    return sum(map(has_chinese, letters)) >= CHINESE_SHARE * len(letters)


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
    last = [(n, c) for n, c in layout.cells_outside_tables() if n >= len(layout.rows) - CLOSING_ROWS]
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
