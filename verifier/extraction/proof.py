"""What a proof of modification says of chassis and modified vehicle: in labels, tables, sections and sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from verifier.extraction.cells import Cell, Row
from verifier.extraction.company_names import company_alone
from verifier.extraction.issuer import clearest
from verifier.extraction.layout import Layout
from verifier.extraction.proof_products import PARTS, find_products
from verifier.extraction.proof_roles import CHASSIS, MODIFIED
from verifier.extraction.values import text_field
from verifier.formats import vin as vins
from verifier.formats.dates import find_dates
from verifier.formats.gazetteer import fold
from verifier.formats.names import normalise_name
from verifier.letter import Field, Kind

_BATCH = re.compile(r"第?\s*[0-9一二三四五六七八九十百零〇]{1,6}\s*批|20\d{2}\s*年?\s*第?\s*\d{1,4}\s*号")
_BARE_BATCH = re.compile(r"\D{0,8}\d{1,4}\D{0,4}")
_BATCH_LATIN = re.compile(r"(?:batch|announcement)\s*(?:no\.?|number)?\s*[:：]?\s*(?P<batch>\d{1,4})", re.I)
_ABOUT_ANNOUNCEMENT = re.compile(r"公告|announcement", re.I)
_ABOUT_CCC = re.compile(r"CCC|3C|强制性?(?:产品)?认证|compulsory", re.I)
_CCC = re.compile(r"(?<![A-Za-z0-9])[A-Z]{0,4}\d[\dA-Z -]{7,24}\d(?![A-Za-z0-9])")
LONGEST_DATE_LINE = 22
"""Characters of a line that dates a proof."""
FEWEST_CCC_DIGITS = 10
CLOSING_ROWS = 10
"""Rows at the end among which a proof is signed."""
_SIGNING = ("issuer", "signature", "issued_on")
_SEALED = re.compile(r"[(（]\s*(?:单位)?(?:公章|盖章|签章|印章|章)\s*[)）]")
NEAR_DATE = 4
"""Rows from the name that signs down to its date."""


def find_proof(layout: Layout) -> dict[str, Field | None]:
    """Return the fields of a proof by name, None where it does not state one; `doubt` where it states several."""
    return {
        **{name: _only(fields) for name, fields in find_products(layout).items()},
        "announcement": _announcement(layout),
        "ccc_certificate": _ccc(layout),
    }


def _only(fields: list[Field]) -> Field | None:
    """Return the first field, in doubt where another states something else."""
    if not fields:
        return None
    others = {_key(field.value) for field in fields} - {_key(fields[0].value)}
    return replace(fields[0], doubt="ambiguous") if others else fields[0]


def _key(text: str) -> str:
    return normalise_name(text).removesuffix("型").removesuffix("牌")


def _announcement(layout: Layout) -> Field | None:
    for value in layout.values("announcement"):
        # a number in brackets right behind the label reads like a part of it: 公告批次（第402批）
        for cell, start, stop in ((value.label_cell, value.label_start, None), (value.cell, value.start, value.stop)):
            match = _BATCH.search(cell.text, start, len(cell.text) if stop is None else stop)
            if match:
                return text_field(cell, *match.span())
        if _BARE_BATCH.fullmatch(value.text):
            return text_field(value.cell, value.start, value.stop)
    for row in layout.rows:
        field = _batch_in(row)
        if field:
            return field
    return None


def _batch_in(row: Row) -> Field | None:
    """Return the batch behind the word for the announcement, in the same cell or in those to the right of it."""
    for place, cell in enumerate(row.cells):
        about = _ABOUT_ANNOUNCEMENT.search(cell.text)
        if about:
            for beside, start in ((cell, about.end()), *((one, 0) for one in row.cells[place + 1 :])):
                match = _BATCH.search(beside.text, start)
                if match:
                    return text_field(beside, *match.span())
            latin = _BATCH_LATIN.search(cell.text)
            return text_field(cell, *latin.span("batch")) if latin else None
    return None


def _ccc(layout: Layout) -> Field | None:
    for value in layout.values("ccc_certificate"):
        field = _ccc_in(value.cell, value.start, value.stop)
        if field:
            return field
    for row in layout.rows:
        about = [cell for cell in row.cells if _ABOUT_CCC.search(cell.text)]
        for cell in row.cells[row.cells.index(about[0]) :] if about else ():
            field = _ccc_in(cell, 0, len(cell.text))
            if field:
                return field
    return None


def _ccc_in(cell: Cell, start: int, stop: int) -> Field | None:
    for match in _CCC.finditer(cell.text, start, stop):
        value = re.sub(r"[\W_]", "", match.group())
        if sum(map(str.isdigit, value)) >= FEWEST_CCC_DIGITS and not vins.is_valid(value):
            return cell.field(value, match.start(), match.end())
    return None


def is_about_modification(layout: Layout) -> bool:
    """Return whether a paper without a known title says all that a proof must, and speaks of modifying.

    That is brand or model of the chassis and of what was made of it, and a name that signs. Every check still looks at
    what it says.
    """
    words, _ = layout.labels.title_words[Kind.MODIFICATION_PROOF]
    body = fold(" ".join(cell.text for cell in layout.flow))
    if not any(word in body for word in words):
        return False
    found = find_products(layout)
    both = all(any(found[f"{role}_{part}"] for part in PARTS) for role in (CHASSIS, MODIFIED))
    return both and find_signer(layout) is not None


def find_signer(layout: Layout) -> Field | None:
    """Return the company that signs a proof: the last one alone near a date or with a seal's word at the end.

    Labels name others (底盘企业). A name that the seal left uncertain is taken from where the proof prints it clearly.
    """
    first = max(len(layout.rows) - CLOSING_ROWS, 0)
    cells = [(number, cell) for number, cell in layout.cells() if number >= first]
    dates = [number for number, cell in cells if find_dates(cell.text) and len(cell.text) <= LONGEST_DATE_LINE]
    last = max((value.row for value in layout.labelled if value.name not in _SIGNING), default=-1)
    names = [
        name
        for number, cell in cells
        if (any(0 <= date - number <= NEAR_DATE for date in dates) or _SEALED.search(cell.text) or number > last)
        and not any(value.cell is cell for value in layout.labelled)
        and (name := company_alone(cell))
    ]
    chinese = [name for name in names if not name.value.isascii()]
    signed = next(iter(reversed(chinese or names)), None)
    return clearest(signed, [name for _, cell in layout.cells() if (name := company_alone(cell))]) if signed else None
