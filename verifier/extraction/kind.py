"""What sort of paper a document is, by its title."""

from __future__ import annotations

import re
from collections.abc import Iterable

from verifier.extraction.cells import Cell, Row
from verifier.extraction.layout import Layout
from verifier.formats.gazetteer import fold
from verifier.letter import Field, Kind, Letter

TITLE_ROWS = 14
"""A title stands among the first rows: letterhead and reference come before it."""
LONGEST_TITLE, LONGEST_TITLE_LATIN = 48, 90
"""Characters of a title line, spaces apart: an official paper's begins with the name of who sends it."""
LONGEST_BARE = 20
"""Characters of a title like 确认书 or "Confirmation Letter", spaces apart."""
TITLE_SHARE = 0.4
"""Share of the page's height in which a document's title stands."""
CENTRED = 0.12
"""Share of the page's width by which a title's middle may be off the page's."""
_OF_SERVICE = (
    "维护", "保养", "服务", "修理", "检修", "保修", "养护", "repair", "maintenance", "warranty", "servic", "workshop",
    "spareparts", "aftersale", "ремонт", "обслуж", "сервис", "réparation", "entretien", "garage", "atelier", "taller",
    "reparación", "الصيانة", "dịchvụ", "sửachữa", "bảodưỡng", "bảohành",
)  # fmt: skip
"""Words of service besides those of titles."""
_PLACE_OF_SERVICE = re.compile(r"(?<!销售)(?<!经销)网点")
"""What a letter lists that says no more of service; a place that sells is none."""
_DOT_ABOVE = "\N{COMBINING DOT ABOVE}"
"""What is left of the Turkish İ in small letters."""
_SENTENCE = re.compile(r"[。；：:]")
_OTHER_PAPER = re.compile(
    r".{0,14}(?:合格|出厂|检验|检测|质量|登记|授权|委托|原产|完税|资质|一致性|环保|收货|交付|交接|签收|受理).{0,6}(?:证明|证书|声明|承诺|确认)(?:书|函|单)?"
)
"""Titles of papers that confirm something else: 车辆出厂合格证明."""
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|are|this|that|by|for|we|our)\b", re.I)
FEWEST_CHINESE, FEWEST_ENGLISH = 60, 20
"""Characters and small words from which a text is in that language."""
TITLE_LENGTH = 2.5
"""A cell this many times longer than the title's words is a sentence that mentions one."""


def find_kind(layout: Layout) -> tuple[Kind, Field | None]:
    """Return the kind and its title; unknown where no title is recognised.

    The earliest cell that is little more than a known title decides; a sentence that names a kind of paper
    only counts for confirmation letters, where no title stands anywhere.
    """
    top = [cell for row in layout.rows[:TITLE_ROWS] for cell in row.cells]
    for cell in top:
        found = _title_in(cell, layout, longest=TITLE_LENGTH)
        if found and found[0] is not Kind.OTHER:
            return found
    for cell in top:
        kind = _kind_by_words(cell, layout)
        if kind:
            return kind, cell.field(kind.value, 0, len(cell.text))
    bare = bare_title(layout)
    if bare:
        return Kind.CONFIRMATION_LETTER, bare
    titled = title_of_page(layout)
    if titled:
        return titled
    for cell in top:
        found = _title_in(cell, layout, longest=float("inf"))
        if found and found[0] is Kind.CONFIRMATION_LETTER:
            return found
    return Kind.UNKNOWN, None


def title_of_page(layout: Layout) -> tuple[Kind, Field] | None:
    """Return the kind and title that stand at the head of a page, None where no line there is a title.

    Papers of other kinds have short, common words for titles (发票, 合同): those count only alone in the middle.
    """
    for row in layout.rows[:TITLE_ROWS]:
        for cell in row.cells:
            found = _title_in(cell, layout, longest=TITLE_LENGTH)
            if found and cell.box.y0 < TITLE_SHARE and (found[0] is not Kind.OTHER or _is_centred_title(row, cell)):
                return found
            kind = _kind_by_words(cell, layout) if cell.box.y0 < TITLE_SHARE else None
            if kind:
                return kind, cell.field(kind.value, 0, len(cell.text))
            other = _other_title(row, cell, layout)
            if other:
                return Kind.OTHER, other
    return None


def _other_title(row: Row, cell: Cell, layout: Layout) -> Field | None:
    """Return a longer name of another paper that ends with its kind: 机动车销售统一发票."""
    text = fold(cell.text)
    if not _is_centred_title(row, cell) or len(text) > LONGEST_BARE:
        return None
    for mention in layout.labels.kinds[Kind.OTHER].find(cell.text):
        if mention.stop >= len(cell.text.rstrip()):
            return cell.field(Kind.OTHER.value, 0, len(cell.text))
    return None


def _is_centred_title(row: Row, cell: Cell) -> bool:
    alone = len(row.cells) == 1 and cell.box.y0 < TITLE_SHARE
    return alone and abs(cell.box.centre[0] - 0.5) < CENTRED and not _SENTENCE.search(cell.text)


def bare_title(layout: Layout) -> Field | None:
    """Return a title that only says "confirmation", where the text itself is about service after sales."""
    service, confirming = layout.labels.title_words[Kind.CONFIRMATION_LETTER]
    body = fold(" ".join(cell.text for cell in layout.flow))
    if not any(word in body for word in service):
        return None
    for cell in (cell for row in layout.rows[:TITLE_ROWS] for cell in row.cells):
        text = fold(cell.text)
        if (
            len(text) <= LONGEST_BARE
            and not _OTHER_PAPER.fullmatch(text)
            and any(text.startswith(w) or text.endswith((w, w + "书", w + "函")) for w in confirming)
        ):
            return cell.field(Kind.CONFIRMATION_LETTER.value, 0, len(cell.text))
    return None


def _title_in(cell: Cell, layout: Layout, *, longest: float) -> tuple[Kind, Field] | None:
    for kind, titles in layout.labels.kinds.items():
        for mention in titles.find(cell.text):
            if len(cell.text.strip()) <= longest * (mention.stop - mention.start):
                return Kind(kind), cell.field(kind, mention.start, mention.stop)
    return None


def _kind_by_words(cell: Cell, layout: Layout) -> Kind | None:
    """Return the kind whose groups of words all stand in a short line that is no sentence."""
    text = fold(cell.text).replace(_DOT_ABOVE, "")
    if len(text) > (LONGEST_TITLE_LATIN if text.isascii() else LONGEST_TITLE) or _SENTENCE.search(cell.text):
        return None
    for kind, groups in layout.labels.title_words.items():
        if all(any(word in text for word in group) for group in groups):
            return Kind(kind)
    return None


def says_no_service(apart: Iterable[Field | None], layout: Layout) -> bool:
    """Return whether the text of a letter in Chinese or English has no word of service, some fields `apart`: its title,
    its number."""
    named = [field.text for field in apart if field]
    said = " ".join(cell.text for cell in layout.flow if not any(text in cell.text for text in named))
    body = fold(said)
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in body)
    known = chinese >= FEWEST_CHINESE or len(_ENGLISH.findall(said)) >= FEWEST_ENGLISH
    return known and not _speaks_of_service(body, layout)


def is_about_service(letter: Letter, layout: Layout) -> bool:
    """Return whether a paper without a known title says all that a confirmation letter must, and speaks of service.

    Then it is one under a title of its own, whatever that is: vehicles, an outlet that can be reached, a name that
    signs. Every other check still looks at what it says.
    """
    body = fold(" ".join(cell.text for cell in layout.flow))
    reached = any(outlet.name and (outlet.address or outlet.phone) for outlet in letter.outlets)
    if any(_OTHER_PAPER.fullmatch(fold(cell.text)) for row in layout.rows[:TITLE_ROWS] for cell in row.cells):
        return False
    modified = sum(body.count(word) for word in layout.labels.title_words[Kind.MODIFICATION_PROOF][0]) > 1
    stated = not modified and letter.vehicles and reached and letter.issuer
    return bool(stated) and _speaks_of_service(body, layout)


def _speaks_of_service(body: str, layout: Layout) -> bool:
    """Return whether a folded text has a word of service, of titles or besides."""
    service, _ = layout.labels.title_words[Kind.CONFIRMATION_LETTER]
    return any(word in body for word in (*service, *_OF_SERVICE)) or bool(_PLACE_OF_SERVICE.search(body))
