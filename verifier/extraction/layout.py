"""A document laid out for extraction, made once and passed to every part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verifier.extraction.broken_names import with_names_joined
from verifier.extraction.cells import Cell, Row
from verifier.extraction.glued_heads import with_heads_apart
from verifier.extraction.label_places import begins_with_label, is_label, label_places
from verifier.extraction.labelled import Labelled, labelled_values
from verifier.extraction.labels import Labels
from verifier.extraction.missed_rules import with_days_apart
from verifier.extraction.rows import rows_of
from verifier.extraction.spread_labels import with_spread_labels
from verifier.extraction.tables import Table, find_tables
from verifier.formats.chinese import has_chinese
from verifier.formats.dates import find_dates
from verifier.formats.organisations import find_organisations
from verifier.formats.phones import has_foreign
from verifier.page import Page
from verifier.record import Makers

FOOT = 0.93
"""Share of the page height from which a line may be a footer; bottom margins of letters take at least 2 cm."""
_PAGE_NUMBER = re.compile(
    r"\s*(?:第\s*\d{1,3}\s*页\s*[,，/、(（]?\s*共\s*\d{1,3}\s*页\s*[)）]?|page\s*[\dlI|]{1,3}\s*(?:of|/)\s*\d{1,3}|стр\w*\.?\s*\d{1,3}\s*из\s*\d{1,3})\s*",
    re.I,
)
_FIGURES = re.compile(r"^[\s\d/|·.,，第共页－–—-]+$|\bpage\b|стр", re.I)
_FOOTER = re.compile(
    r"地址|邮编|电话|传真|网址|\b(?:add(?:ress)?|tel|fax|www|zip|p\.?c)\b|@|公司$|Ltd\.?$",
    re.I,
)


def divided(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return (body, footers): a row at the foot of a page that holds a page number or a sender's line is a footer.

    A foot with a foreign telephone number is an outlet's: a list that goes down to the paper's end.
    """
    abroad = {row.page for row in rows if row.box.centre[1] > FOOT and has_foreign(_text_of(row))}
    feet = [_is_page_number(row) or (row.page not in abroad and _is_senders(row)) for row in rows]
    body = tuple(row for row, foot in zip(rows, feet, strict=True) if not foot)
    return body, tuple(row for row, foot in zip(rows, feet, strict=True) if foot)


_ENDED = re.compile(r"[。；;.)）\d]\s*$")
_LISTING = re.compile(r"\d\s*[年月日/.-]?\s*(?:\d+\s*日?)?\s*[、,，]\s*$")
"""The end of a line in which dates are listed: the next one goes on under it."""
_LABEL_LIKE = re.compile(r"^[A-ZА-Я][^:：.。,，;；]{2,40}[:：]\s*\S")
_SEAL_WORD = re.compile(r"\s*[(（]\s*(?:盖章|公章|签章|印章|seal|stamp)\s*[)）]\s*$", re.I)


_OPENS = re.compile(
    r"(?:To whom|Dear |Estimad|Уважаем|A quien|À qui|Kính gửi|Señor|Senhor|Messieurs|Madame|Monsieur)"
    r"|(?:Done|Issued|Signed|Given|Dated|Executed|Fait|Hecho|Dado|Feito|Выдано|Составлено)\b.{0,60}\d{4}.{0,6}$"
)
"""How a line begins that greets, or that says where and when a paper was signed: no other line goes on in it."""
_REFERENCE_LINE = re.compile(
    r"(?=\S*[A-Za-z\u4e00-\u9fff])(?=\S*20\d\d)(?=(?:\D*\d){6})(?!\S{17}$)[A-Za-z\u4e00-\u9fff〔〕\[\]()（）\d/–—-]{8,30}号?"
)
"""A line that is a reference with its year, as set in the middle under a title: SHFW20260525-21."""
_AWAITS = re.compile(
    r"(?:registered|immatriculé[e]?|matriculado|зарегистрирован\w*)\s*(?:on|le|el)?\s*$"
    r"|(?:hasta|until|jusqu['’]|através|through)\s*(?:el|au|o)?\s*$|\b(?:till|up\s+to|dated|on|el|le|au|até|até\s+o|до|по|от|del?|ngày)\s*$",
    re.I,
)
"""Words at a line's end that a date in the next one belongs to."""


LONGEST_LABEL = 40
"""Characters at a line's end in which a label may stand that the next line goes on from."""
BREAK = 8
"""Characters at both sides of a line's end in which a label may be divided."""


def _divided_label(above: Cell, below: Cell, labels: Labels) -> bool:
    """Return whether a label begins in one line and ends in the next: 注册 / 登记日期."""
    head = above.text[-BREAK:]
    mentions = labels.fields.find(head + below.text[:BREAK])
    return any(m.start < len(head) < m.stop and has_chinese(head[m.start]) for m in mentions)


def _ends_with_date_label(above: Cell, labels: Labels) -> bool:
    """Return whether a line ends with the words for a registration or a validity: …, primera matriculación."""
    tail = above.text.rstrip(" _＿:：")[-LONGEST_LABEL:]
    about = ("registration_date", "transfer_date", "valid_until", "made_on")
    return any(m.stop == len(tail) and m.start > 0 and m.code in about for m in labels.fields.find(tail))


def _awaits_value(above: Cell, below: Cell, labels: Labels) -> bool:
    """Return whether a line breaks off within a label or behind it, so that the next line goes on with it."""
    places = label_places(above, labels)
    if _divided_label(above, below, labels) or _ends_with_date_label(above, labels):
        return True
    within = bool(places) and places[-1].start > 0 and places[-1].value_start >= len(above.text.rstrip())
    return (within and not is_label(above, labels)) or bool(_AWAITS.search(above.text))


def _begins_anew(cell: Cell, above: Cell) -> bool:
    """Return whether a line is a date or a legal name and nothing else, as in a closing, or looks like a label."""
    text = _SEAL_WORD.sub("", cell.text.strip())
    if _PAGE_NUMBER.fullmatch(text) or _OPENS.match(text) or (_REFERENCE_LINE.fullmatch(text) and not find_dates(text)):
        return True
    if _LABEL_LIKE.match(text) and _ENDED.search(above.text):
        return True
    if any(date.stop - date.start >= len(text) - 1 for date in find_dates(text)):
        return not _LISTING.search(above.text)
    if text.endswith("。"):
        return False  # the end of a sentence: a name that the line above breaks off in
    chinese = bool(text) and "\u4e00" <= text[0] <= "\u9fff"
    return (chinese or bool(_ENDED.search(above.text))) and any(
        one.formed and one.stop - one.start >= len(text) - 1 for one in find_organisations(text)
    )


def _is_page_number(row: Row) -> bool:
    """Return whether a row is a page number and nothing else."""
    text = _text_of(row)
    return bool(_PAGE_NUMBER.fullmatch(text)) or (row.box.centre[1] > FOOT and bool(_FIGURES.search(text)))


def _is_senders(row: Row) -> bool:
    """Return whether a row at the foot of a page says who sends the letter and where that is reached."""
    return row.box.centre[1] > FOOT and bool(_FOOTER.search(_text_of(row)))


def _text_of(row: Row) -> str:
    return " ".join(cell.text for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows, running text, labelled values and tables of a document, with the words to read them by."""

    pages: tuple[Page, ...]
    rows: tuple[Row, ...]
    margins: tuple[Row, ...]
    """Footers: page numbers, the sender's address line. They say nothing of the matter."""
    flow: tuple[Cell, ...]
    labelled: tuple[Labelled, ...]
    tables: tuple[Table, ...]
    labels: Labels
    makers: Makers

    @classmethod
    def of(cls, pages: tuple[Page, ...], labels: Labels, makers: Makers) -> Layout:
        """Return the layout of read pages."""
        rows, margins = divided(
            rows_of(
                pages,
                lambda cell, above: (
                    (begins_with_label(cell, labels) or _begins_anew(cell, above))
                    and not _awaits_value(above, cell, labels)
                ),
            )
        )
        rows = with_heads_apart(with_spread_labels(with_names_joined(with_days_apart(rows)), labels), labels)
        level = {page.number: [rule for rule in page.table_rules if rule.width > rule.height] for page in pages}
        tables = find_tables(rows, labels, level)
        values = labelled_values(rows, labels)
        headers = {table.header for table in tables}
        inside = {number for table in tables for number in table.lines}
        return cls(
            pages=pages,
            rows=rows,
            margins=margins,
            flow=tuple(cell for row in rows for cell in row.cells),
            labelled=tuple(v for v in values if v.row not in headers and (v.listed or v.row not in inside)),
            tables=tables,
            labels=labels,
            makers=makers,
        )

    def table_rows(self, kind: str) -> frozenset[int]:
        """Return the numbers of the rows that tables of a kind take up, headers included."""
        return frozenset(
            number
            for table in self.tables
            if table.kind == kind
            for number in (table.header, *table.lines, *(row.number for row in table.rows))
        )

    def in_tables(self) -> frozenset[int]:
        """Return the numbers of the rows that tables of vehicles and of outlets take up."""
        return self.table_rows("vehicles") | self.table_rows("outlets")

    def values(self, name: str) -> tuple[Labelled, ...]:
        """Return the values with a certain label, in reading order: of listed labels, then of those known by words."""
        found = [value for value in self.labelled if value.name == name]
        return tuple(sorted(found, key=lambda value: not value.listed))

    def cells(self) -> tuple[tuple[int, Cell], ...]:
        """Return (row number, cell) of every cell, in reading order."""
        return tuple((number, cell) for number, row in enumerate(self.rows) for cell in row.cells)

    def cells_outside_tables(self) -> tuple[tuple[int, Cell], ...]:
        """Return (row number, cell) of the cells in no table of vehicles or outlets, in reading order."""
        inside = self.in_tables()
        return tuple((number, cell) for number, cell in self.cells() if number not in inside)
