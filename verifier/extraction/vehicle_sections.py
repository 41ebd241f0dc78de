"""What headings say of all vehicles under them: the destination, the brand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from verifier.extraction.brands import find_brands
from verifier.extraction.cells import BULLETS, Cell
from verifier.extraction.label_places import trimmed
from verifier.extraction.layout import Layout
from verifier.extraction.values import country_field, text_field
from verifier.letter import Field, VehicleClaim

SECTION_NUMBER = re.compile(
    r"^\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．:：]|[①-⑳" + BULLETS + r"*·-])\s*"
)
_TO_COUNTRY = re.compile(
    r"(?:出口(?:至|到|往)|销往|发往|运往|输往|目的国|目的地|exports?\s+to|exported\s+to|destination|экспорт\s+в)\s*[:：]?\s*",
    re.I,
)
"""What leads to the country in a heading: 一、出口至喀麦隆共和国."""
_OF_HEADING = re.compile(
    r"\s*(?:系列|品牌)?(?:车辆|汽车|车型)?(?:清单|明细|列表)?\s*[:：]?\s*(?:[(（][^()（）]{1,12}[)）])?\s*"
)
"""What a heading that names a brand may say beside it: 天衡牌车辆（6辆）."""


def with_sections(claims: Sequence[VehicleClaim], rows: Sequence[int], layout: Layout) -> list[VehicleClaim]:
    """Return the vehicles, whose VINs stand in `rows`, with the country of the section that each stands in, where a
    letter has sections for several.
    """
    sections = list(_countries_over(layout))
    if len({field.value for _, field in sections}) < 2:
        return list(claims)
    over = (_last_over(row, sections) for row in rows)
    return [
        claim if claim.export_country else replace(claim, export_country=f)
        for claim, f in zip(claims, over, strict=True)
    ]


def with_brand_headings(claims: Sequence[VehicleClaim], rows: Sequence[int], layout: Layout) -> list[VehicleClaim]:
    """Return the vehicles without a brand with the one that heads the list they stand in: （一）天衡牌."""
    if not claims or all(claim.brand for claim in claims):
        return list(claims)
    headings = list(_brands_over(layout))
    over = (_last_over(row, headings) for row in rows)
    return [claim if claim.brand else replace(claim, brand=f) for claim, f in zip(claims, over, strict=True)]


def _last_over(row: int, headings: Sequence[tuple[int, Field]]) -> Field | None:
    return next((field for number, field in reversed(headings) if number <= row), None)


def _lone_cells(layout: Layout) -> Iterator[tuple[int, Cell, int, int]]:
    """Yield what stands alone in a row outside tables, behind its number: row, cell and range."""
    inside = layout.in_tables()
    for number, row in enumerate(layout.rows):
        if number not in inside and len(row.cells) == 1:
            cell = row.cells[0]
            item = SECTION_NUMBER.match(cell.text)
            yield number, cell, *trimmed(cell.text, item.end() if item else 0, len(cell.text))


def _brands_over(layout: Layout) -> Iterator[tuple[int, Field]]:
    """Yield (row, brand) of the headings that name one brand and hardly anything else."""
    for number, cell, start, stop in _lone_cells(layout):
        for begin, end in find_brands(cell.text[:stop], start):
            field = text_field(cell, begin, end)
            if begin == start and field and _OF_HEADING.fullmatch(cell.text, end, len(cell.text)):
                yield number, field


def _countries_over(layout: Layout) -> Iterator[tuple[int, Field]]:
    """Yield (row, country) of the headings that name one country: "二、出口国别：加纳", 一、出口至加纳, or the country
    alone.
    """
    labelled = {value.row: value for value in layout.values("export_country")}
    lone = {number: (cell, start, stop) for number, cell, start, stop in _lone_cells(layout)}
    for number in sorted({*labelled, *lone}):
        value = labelled.get(number)
        cell, start, stop = (value.cell, value.start, value.stop) if value else lone[number]
        led = _TO_COUNTRY.match(cell.text, start) if not value else None
        start = led.end() if led else start
        named = layout.labels.countries.find(cell.text[start:stop])
        whole = value is not None or (len(named) == 1 and named[0].stop - named[0].start >= stop - start - 1)
        field = country_field(cell, start, stop, layout) if len(named) == 1 and whole else None
        if field:
            yield number, field
