"""What a letter says of its own size: how many vehicles, which page of how many."""

from __future__ import annotations

import re

from verifier.extraction.designations import MODEL
from verifier.extraction.layout import Layout
from verifier.extraction.table_heads import VIN
from verifier.letter import Field

_HAN_COUNT = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_NUMBER = r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:[(（]\w+[)）]\s*)?"
_THINGS = (
    r"(?:辆|台|部|units?\b|vehicles?\b|cars?\b|sets?\b|единиц|шт\b|автомобил\w*|vehículos?\b|véhicules?\b|veículos?\b)"
)
_COUNT = re.compile(
    r"(?:共计|共|合计|总计|数量(?:为)?[:：]?|以下|下列|下述|上列|所列|上述|计|total(?:\s*of)?|following|в\s*количестве)\s*[:：]?\s*"
    rf"{_NUMBER}{_THINGS}",
    re.I,
)
_IN_SENTENCE = re.compile(
    rf"(?:的|之|这|该|批)\s*{_NUMBER}(?:辆|台|部)(?:汽车|车辆|整车|二手车|乘用车|商用车|车)"
    r"|(?<![\w.,/-])(?P<foreign>\d{1,3})\s*(?:[(（]\w+[)）]\s*)?(?:(?:vehicle|unit|car|véhicule|vehículo|veículo|unidad|unité)(?:e?s|\(e?s\))?"
    r"|автомобил\w*|машин\w*|единиц\w*)(?![\w(])(?!\s*(?:per\b|a\s+(?:day|month|year)|в\s+(?:день|месяц|год)))",
    re.I,
)
"""申请出口的3辆汽车, the vehicles below (3 unit(s)), les 3 véhicule(s): what a sentence says in passing."""
_NUMBERED_HEADING = re.compile(r"\s*\d{1,2}[.)]?\s+[A-Z][a-z]+\s*")
"""A section's heading: 1 Vehicles."""
_BARE_COUNT = re.compile(rf"\s*(?:共|计|共计)?\s*{_NUMBER}{_THINGS}?\W*", re.I)
"""All of a labelled value: 7, 共7辆, 3 units."""
_OF_MODEL = re.compile(r"牌\s*[A-Z]{1,4}[A-Z0-9/-]{3,20}\s*(?:型\w{0,4})?\s*[，,、:：]?\s*$")
"""The brand and designation of a list of vehicles, whose count follows."""
_NUMBERS_FOLLOW = re.compile(r"\W*(?:其|相应|对应)?(?:的)?(?:车架号|车辆识别代|VIN)", re.I)
_PAGES = (
    re.compile(r"第\s*(?P<x>\d{1,3})\s*页\s*[,，/、(（]?\s*共\s*(?P<y>\d{1,3})\s*页"),
    re.compile(r"共\s*(?P<y>\d{1,3})\s*页\s*[,，/、]?\s*第\s*(?P<x>\d{1,3})\s*页"),
    re.compile(r"page\s*(?P<x>\d{1,3})\s*(?:of|/)\s*(?P<y>\d{1,3})", re.I),
    re.compile(r"(?:стр\w*\.?)\s*(?P<x>\d{1,3})\s*(?:из|/)\s*(?P<y>\d{1,3})", re.I),
    re.compile(r"^\s*[-–—]?\s*(?P<x>\d{1,2})\s*/\s*(?P<y>\d{1,2})\s*[-–—]?\s*$"),
)


def count_of(text: str) -> int:
    """Return the number in digits or Chinese numerals up to 99."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HAN_COUNT.get(text, 0)
    return (_HAN_COUNT.get(tens, 1) if tens else 1) * 10 + (_HAN_COUNT.get(ones, 0) if ones else 0)


def find_stated_count(layout: Layout) -> Field | None:
    """Return how many vehicles the letter says it is about: their sum, where each list of VINs states its own.

    A list states its own behind its VINs, or behind its brand and designation: 北辰牌BC7001A，共2辆.
    """
    found = []
    for cell in layout.flow:
        match = _COUNT.search(cell.text)
        if match and count_of(match["count"]):
            before = cell.text[: match.start()]
            found.append((cell, match, bool(VIN.search(before) or _OF_MODEL.search(before) or _is_of_list(match))))
    if not found:
        return _labelled_count(layout) or _said_in_passing(layout)
    whole = [(cell, match) for cell, match, of_list in found if not of_list]
    cell, match = whole[0] if whole else found[0][:2]
    total = count_of(match["count"]) if whole else sum(count_of(one["count"]) for _, one, _ in found)
    return cell.field(str(total), match.start(), match.end())


def _is_of_list(match: re.Match[str]) -> bool:
    """Return whether a count stands between a designation and the numbers of its vehicles: 共3辆，车架号为："""
    return bool(MODEL.search(match.string, 0, match.start()) and _NUMBERS_FOLLOW.match(match.string, match.end()))


def _labelled_count(layout: Layout) -> Field | None:
    """Return the number under a label for it outside tables: 数量 | 7."""
    for value in layout.values("count"):
        match = _BARE_COUNT.fullmatch(value.text)
        if value.listed and match and count_of(match["count"]):
            return value.cell.field(str(count_of(match["count"])), value.start, value.stop)
    return None


def _said_in_passing(layout: Layout) -> Field | None:
    """Return the one number of vehicles that sentences speak of; None where they speak of several."""
    cells = [cell for cell in layout.flow if not _NUMBERED_HEADING.fullmatch(cell.text)]
    said = [(cell, match) for cell in cells for match in _IN_SENTENCE.finditer(cell.text)]
    counts = {count_of(match["count"] or match["foreign"]) for _, match in said}
    if len(counts) != 1 or counts == {0}:
        return None
    cell, match = said[0]
    return cell.field(str(*counts), match.start(), match.end())


def find_page_claims(layout: Layout) -> tuple[Field, ...]:
    """Return the footers "page x of y" as "x/y"."""
    found = []
    for cell in (cell for row in (*layout.rows, *layout.margins) for cell in row.cells):
        for pattern in _PAGES:
            match = pattern.search(cell.text)
            if match and 0 < int(match["x"]) <= int(match["y"]):
                found.append(cell.field(f"{int(match['x'])}/{int(match['y'])}", match.start(), match.end()))
                break
    return tuple(found)
