"""Who signs a letter: under a label, in the closing, in the letterhead, or as the text calls its own name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from verifier.extraction.cells import Cell
from verifier.extraction.company_names import EN_NAME, TOP_ROWS, ZH_NAME, company_alone, name_in
from verifier.extraction.label_places import label_places
from verifier.extraction.layout import Layout
from verifier.formats.chinese import has_chinese
from verifier.formats.dates import find_dates
from verifier.formats.names import (
    CERTAIN_MISREAD,
    misread_characters,
    normalise_name,
)
from verifier.letter import Field, Reading
from verifier.record import Makers

SURE_NAME = 0.9
"""Confidence of a name's weakest character from which it stands as read."""
_OWN = re.compile(r"(?:我公司|本公司|我司|兹有|We,\s?|company,\s?)(?![为受应向按将与对在已的由根])")
"""What the text calls its own name by; 我司为…公司 goes on about another."""
_HEREBY = re.compile(
    r"\s*(?:[,，]?\s*[(（][^()（）]{3,60}[)）]|,[^,]{3,80})?\s*,?\s*(?:do(?:es)?\s|has\s)?hereby\s+(?:\w+ly\s+)?"
    r"(?:confirm|certif|declar|undertak|attest|guarantee|state|acknowledg)",
    re.I,
)
"""What stands behind the name of who writes: X Co., Ltd. (the "Manufacturer") hereby confirms."""
_FORMULA = re.compile(
    r"\s*(?:Yours\s*(?:faithfully|sincerely|truly|respectfully)|(?:Best|Kind|With\s*kind)\s*regards|Sincerely(?:\s*yours)?"
    r"|Respectfully(?:\s*yours)?|Faithfully(?:\s*yours)?|Atentamente|Cordialmente|Cordialement|Atenciosamente|С\s*уважением)[\s,，.]*",
    re.I,
)
"""The courtesy that ends a letter: who signs stands under it, wherever annexes and copies end."""
UNDER_FORMULA = 3
"""Rows under a courtesy in which the name that signs stands: the seal and the pen take their room before it."""
CLOSING_ROWS = 12
"""Rows at the end of the document among which it is signed."""
OVER_DATE = 2
"""Rows between the signing name and the date under it where other pages follow."""
_RECEIVING = ("copy_to", "addressee", "exporter", "consignee")
LINE_GAP = 1.5
"""White between lines of one name, in line heights: closings are set wide."""
ALIGNED = 0.02
"""Share of the page width by which lines of one block may stand aside: scans are turned a little."""
NEAR_DATE = 4
"""Rows between the closing date and the name that signs."""
HEAD_SHARE = 3
"""Of a letter of few lines the head is the first of so many parts."""
CLOSING_WEIGHT, KNOWN_WEIGHT = 3.0, 0.3
"""How much a name weighs that stands alone where letters are signed, and by how much more a known maker's does."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    field: Field
    weight: float
    row: int


def find_issuer(layout: Layout, others: frozenset[str]) -> Field | None:
    """Return the legal name that signs the letter; a Chinese name before its English twin.

    A name under a "seal" or "issued by" label weighs most, then one that stands alone in the closing, then
    the letterhead, then one that the text calls its own; of those in the closing a known maker's. `others` are the
    normalised names of outlets, addressee and exporter: they sign nothing, a known maker's closing line apart.
    """
    candidates = [*_labelled(layout), *_closing(layout), *_letterhead(layout), *_self_named(layout)]
    received = _rows_of_receivers(layout)
    signing = {id(c) for c in candidates if c.weight >= CLOSING_WEIGHT and layout.makers.named(c.field.value)}
    candidates = [
        c
        for c in candidates
        if id(c) in signing or (normalise_name(c.field.value) not in others and abs(c.row) not in received)
    ]
    if not candidates:
        return None
    best = max(candidates, key=lambda c: (c.weight, has_chinese(c.field.value), c.row))
    clear = clearest(best.field, [c.field for c in candidates] + _in_margins(layout))
    return _with_dash(_chinese_twin(best, candidates, layout) or clear, layout.makers)


def _rows_of_receivers(layout: Layout) -> frozenset[int]:
    """Return the rows under a label of its own line that name who receives the letter or exports: in two languages."""
    heads = [
        value
        for name in ("addressee", "exporter")
        for value in layout.values(name)
        if value.cell is not value.label_cell and value.cell.box.y0 > value.label_cell.box.y1
    ]
    return frozenset(value.row + below for value in heads for below in (1, 2))


def _with_dash(field: Field, makers: Makers) -> Field:
    """Return a known maker's name with its dash, where that was read as the numeral 一 that is drawn like it."""
    name = makers.with_dash(field.value)
    return replace(field, value=name) if name else field


def clearest(signed: Field, named: list[Field]) -> Field:
    """Return the signing name, as the letter prints it elsewhere where the seal over it left it uncertain.

    The other place must be read surely and have no character less; one character that was misread changes
    nothing, more leave the doubt `conflict`, and a word for a unit that may not issue is never read away.
    """
    if signed.confidence >= SURE_NAME:
        return signed
    wanted = normalise_name(signed.value)
    for other in sorted(named, key=lambda field: -field.confidence):
        name = normalise_name(other.value)
        if (
            name == wanted
            or other.confidence < SURE_NAME
            or len(name) < len(wanted)
            or has_chinese(name) != has_chinese(wanted)
        ):
            continue
        apart = misread_characters(signed.value, other.value)
        if apart is not None:
            doubt = None if apart <= CERTAIN_MISREAD else "conflict"
            readings = (*other.readings, Reading(signed.text, signed.confidence, signed.source))
            return replace(other, doubt=doubt, readings=readings)
    return signed


def _in_margins(layout: Layout) -> list[Field]:
    """Return the legal names in the footers."""
    cells = [cell for row in layout.margins for cell in row.cells]
    return [field for cell in cells if (field := name_in(cell, 0, len(cell.text)))]


def _chinese_twin(best: _Candidate, candidates: list[_Candidate], layout: Layout) -> Field | None:
    """Return the Chinese name beside an English one that signs, if both are the same known maker."""
    if has_chinese(best.field.value):
        return None
    maker = layout.makers.named(best.field.value)
    for candidate in sorted(candidates, key=lambda c: -c.weight):
        if maker and has_chinese(candidate.field.value) and layout.makers.named(candidate.field.value) == maker:
            return candidate.field
    return None


def _labelled(layout: Layout) -> list[_Candidate]:
    found = []
    tables = layout.table_rows("outlets")
    for value in layout.values("issuer"):
        if value.row in tables:
            continue
        field = name_in(value.cell, value.start, value.stop) or None
        if field:
            found.append(_Candidate(field, 5.0 if value.row >= len(layout.rows) - CLOSING_ROWS else 3.2, value.row))
    for value in layout.values("signature"):
        field = name_in(value.cell, value.start, value.stop)
        if field:
            found.append(_Candidate(field, 5.0, value.row))
    return found


def _closing(layout: Layout) -> list[_Candidate]:
    """Return names that stand alone where letters are signed, surer near the closing date.

    That is the last rows, or right over a date that stands alone, or under a courtesy: annexes and copies may follow.
    """
    first, top = max(len(layout.rows) - CLOSING_ROWS, 0), min(TOP_ROWS, len(layout.rows) // HEAD_SHARE)
    dates = [n for n, c in layout.cells() if _is_date_line(c)]
    formulas = [n for n, c in layout.cells() if _FORMULA.fullmatch(c.text)]
    tables = layout.in_tables()
    found = []
    for number, cell in layout.cells():
        signed = any(0 < date - number <= OVER_DATE for date in dates)
        signed = signed or any(0 < number - row <= UNDER_FORMULA for row in formulas)
        if number < top or number in tables or not (number >= first or signed) or _goes_to(cell, layout):
            continue
        field = _name_alone(cell, layout.makers)
        field = _over_two_lines(number, cell, field, layout) or field
        if field:
            near = any(0 <= abs(date - number) <= NEAR_DATE for date in dates)
            known = layout.makers.named(field.value) is not None
            found.append(
                _Candidate(field, CLOSING_WEIGHT + (1.5 if near else 0.0) + (KNOWN_WEIGHT if known else 0.0), number)
            )
    return found


def _name_alone(cell: Cell, makers: Makers) -> Field | None:
    """Return the company that is all a cell holds; a known maker in whatever script and with whatever legal form."""
    name = cell.text.strip()
    return company_alone(cell) or (cell.field(name, 0, len(cell.text)) if makers.named(name) else None)


def _over_two_lines(number: int, cell: Cell, alone: Field | None, layout: Layout) -> Field | None:
    """Return the name of a known maker that a line of the closing and the one over or under it are together.

    Long names take two lines where little room is left: 上海汇众（沈阳）新能源乘用 / 汽车制造有限公司. What a line says
    `alone` is then a part of the name; lines that are no known maker's together stay apart.
    """
    for other in (number - 1, number + 1):
        beside = layout.rows[other].cells if 0 <= other < len(layout.rows) else ()
        for part in (part for part in beside if part.page == cell.page and _are_aligned(part, cell)):
            pieces = [*part.pieces, *cell.pieces] if other < number else [*cell.pieces, *part.pieces]
            field = company_alone(Cell.of(cell.page, pieces))
            longer = field is not None and (alone is None or len(field.value) > len(alone.value))
            if field and longer and layout.makers.named(field.value):
                return field
    return None


def _are_aligned(a: Cell, b: Cell) -> bool:
    """Return whether two lines begin, end or stand in the middle at the same place, one right under the other."""
    gap = max(a.box.y0, b.box.y0) - min(a.box.y1, b.box.y1)
    sides = (a.box.x0 - b.box.x0, a.box.x1 - b.box.x1, a.box.centre[0] - b.box.centre[0])
    return gap < LINE_GAP * b.box.height and any(abs(side) < ALIGNED for side in sides)


def _goes_to(cell: Cell, layout: Layout) -> bool:
    """Return whether a cell names who receives the letter or a copy, or who exports."""
    return any(
        place.name in _RECEIVING or (place.name == "outlet_name" and has_chinese(cell.text[place.start]))
        for place in label_places(cell, layout.labels)
    )


def _letterhead(layout: Layout) -> list[_Candidate]:
    found = []
    for number, row in enumerate(layout.rows[:TOP_ROWS]):
        for cell in row.cells:
            field = _name_alone(cell, layout.makers)
            if field and not cell.text.strip().endswith((":", "：")):
                found.append(_Candidate(field, 2.5, -number))
    return found


def _self_named(layout: Layout) -> list[_Candidate]:
    """Return names that the text calls its own: "我公司……有限公司", "X Co., Ltd. hereby confirms"."""
    found = []
    for number, cell in enumerate(layout.flow):
        for match in _OWN.finditer(cell.text):
            name = ZH_NAME.match(cell.text, match.end()) or EN_NAME.match(cell.text, match.end())
            if name:
                field = name_in(cell, name.start(), name.end())
                if field:
                    found.append(_Candidate(field, 1.5, -number))
        name = EN_NAME.match(cell.text)
        if name and _HEREBY.match(cell.text, name.end()) and (field := name_in(cell, *name.span())):
            found.append(_Candidate(field, 1.5, -number))
    return found


def _is_date_line(cell: Cell) -> bool:
    found = find_dates(cell.text)
    return bool(found) and len(cell.text) - (found[0].stop - found[0].start) <= 14
