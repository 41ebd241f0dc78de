"""What stands among the vehicles and belongs to no field: a layout that was not understood must not pass unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.extraction.cells import Cell
from verifier.extraction.designations import MODEL
from verifier.extraction.layout import Layout
from verifier.formats import vin as vins
from verifier.formats.dates import find_dates
from verifier.letter import Field, Letter, VehicleClaim

_BRAND_NAME = re.compile(r"[\u4e00-\u9fff]{1,3}(?<![车品号厂铭招金名吊大上])牌(?![号照子匾证])")
"""X牌, the last three characters before it at most; 车牌, 品牌, 号牌 and 牌照 name no brand."""
_NOTICE = re.compile(r"[〔\[(（]\s*20\d\d\s*[〕\])）]\s*(?:第|No\.?\s*)?\s*\d+")
"""The number of an official notice: 商贸函〔2025〕648号, [2025] No. 648."""
_INCOMING = re.compile(
    r"\s*(?:的|之)?(?:来函|来文|来电|来信|函件|申请|《[^》]{2,40}(?:函|请示|申请书?|报告)》)|\s*(?:received|收悉)|\s?[-—–]\s?\d{1,4}\s?号",
    re.I,
)
"""What follows the day on which the exporter wrote: 贵司2026年1月18日来函收悉, …日《关于…的函》; and a day within the
number of its letter: 20260505-30号."""
_SINCE = re.compile(r"(?:自|从|\b(?:since|effective\s+from|edition\s+of|version\s+of|revision\s+of))\s*$", re.I)
_EDITION = re.compile(
    r"\s*(?:起|修订|修正|发布|颁布|公布|印发|施行|实施|版|第?\s*\w{1,2}\s*次修订|\)?\s*(?:edition|revision))", re.I
)
"""What leads to or follows the day from which something else holds: a manual, a rule, a price list."""
_STREET = re.compile(
    r"\b(?:boulevard|blvd|avenue|av|rue|place|calle|plaza|street|улица|ул|проспект)\b\.?\s+(?:(?:du|de|del|des|da|la)\s+)*$",
    re.I,
)
"""What leads to a day that a street is called after: Boulevard du 30 Juin 18."""
NEAR_NOTICE = 24
"""Characters between a notice's number and its date."""
ROWS_AROUND = 3
"""Rows above the first VIN and below the last in which something may be said of the vehicles."""


def find_unassigned(layout: Layout, letter: Letter) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """Return (dates, model designations) near the vehicles that no field of the letter accounts for.

    What comes after the letter was signed was not registered or transferred before.
    """
    issued = letter.issued_on.value if letter.issued_on else ""
    explained = [_key(field.text) for field in _fields(letter)]
    stated = {field.value for field in _fields(letter)}
    cells = tuple(_cells_near_vehicles(layout, letter))
    told = _told(layout)
    dates = (
        cell.field(mention.value.isoformat(), mention.start, mention.stop)
        for cell in cells
        for mention in find_dates(cell.text)
        if mention.value.isoformat() not in stated
        and not (letter.number and _key(cell.text[mention.start : mention.stop]) in _key(letter.number.text))
        and not (issued and mention.value.isoformat() > issued)
        and not any(cell is other and start <= mention.start and mention.stop <= stop for other, start, stop in told)
        and not _STREET.search(cell.text[: mention.start])
        and not _INCOMING.match(cell.text, mention.stop)
        and not (_SINCE.search(cell.text[: mention.start]) or _EDITION.match(cell.text, mention.stop))
        and not _NOTICE.search(cell.text[max(mention.start - NEAR_NOTICE, 0) : mention.stop + NEAR_NOTICE])
    )
    models = (
        cell.field(match.group(), match.start(), match.end())
        for cell in cells
        for match in MODEL.finditer(cell.text)
        if len(match.group()) < vins.LENGTH and not any(_key(match.group()) in other for other in explained)
    )
    return tuple(dates), tuple(models)


def _told(layout: Layout) -> list[tuple[Cell, int, int]]:
    """Return the values of labels that say a thing which no field of a letter is: 生产日期, 合同编号."""
    columns = (row.cells.get("made_on") for table in layout.tables for row in table.rows)
    found = [(cell, 0, len(cell.text)) for cell in columns if cell]
    values = (value for value in layout.labelled if value.name in ("made_on", "aside", "mortgage_date"))
    return [*found, *((value.cell, value.start, value.stop) for value in values)]


def find_unassigned_brands(layout: Layout, letter: Letter) -> tuple[Field, ...]:
    """Return the brands that stand anywhere in the letter, if no vehicle of it has one."""
    if any(vehicle.brand for vehicle in letter.vehicles):
        return ()
    return tuple(
        cell.field(match.group(), match.start(), match.end())
        for cell in layout.flow
        for match in _BRAND_NAME.finditer(cell.text)
    )


def _cells_near_vehicles(layout: Layout, letter: Letter) -> Iterator[Cell]:
    """Yield the cells from a few rows above the first VIN to a few below the last."""
    numbers = [
        number
        for number, row in enumerate(layout.rows)
        if any(_holds(row.page, cell, vehicle) for cell in row.cells for vehicle in letter.vehicles)
    ]
    if numbers:
        for row in layout.rows[max(numbers[0] - ROWS_AROUND, 0) : numbers[-1] + ROWS_AROUND + 1]:
            yield from row.cells


def _holds(page: int, cell: Cell, vehicle: VehicleClaim) -> bool:
    return vehicle.vin.page == page and vehicle.vin.text in cell.text


def _fields(letter: Letter) -> Iterator[Field]:
    """Yield every field of the letter that holds a value."""
    owners: tuple[object, ...] = (letter, *letter.vehicles, *letter.outlets)
    for owner in owners:
        for name in owner.__slots__:  # type: ignore[attr-defined]  # dataclasses with slots, all of them
            value = getattr(owner, name)
            if isinstance(value, Field):
                yield value
            elif isinstance(value, tuple):
                yield from (one for one in value if isinstance(one, Field))


def _key(text: str) -> str:
    return re.sub(r"[\W_]", "", text).upper()
