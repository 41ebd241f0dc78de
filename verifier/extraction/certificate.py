"""What a registration certificate says: the registration page, and the rows of transfers and pledges after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from verifier.extraction.cells import Cell
from verifier.extraction.labelled import Labelled
from verifier.extraction.layout import Layout
from verifier.extraction.values import date_field, text_field
from verifier.formats.dates import find_dates
from verifier.letter import Field, Letter, VehicleClaim

_TRANSFER = re.compile(r"转让登记|转移登记|过户|变更登记")
_RELEASED = re.compile(r"(?:解除|注销)\s*抵押(?:登记)?\s*(?:日期)?")
_PLEDGED_ON = re.compile(r"抵押(?:登记)?\s*(?:日期)?")
NEAR_DATE = 24
"""Characters after the words for a pledge or its release within which its day stands."""
_ALREADY_RELEASED = re.compile(r"已\s*(?:解除|注销)\s*抵押|无\s*抵押|未\s*抵押")
_PLEDGED_TO = re.compile(r"抵押权人[^:：]{0,10}[:：]\s*(?!身份证明|抵押|无|没有)[\u4e00-\u9fffA-Za-z]{2,}")
_BLOCK = re.compile(
    r"^\W*(?:\d{1,2}\W+)?(?P<kind>注册登记|转让登记|转移登记|过户(?:登记)?)\s*(?![^(（\s]{0,8}(?:日期|信息栏|机动车))"
)
"""How an office's entry begins: with what was done, in a row of a list or over its facts. No label, no heading."""
_ENTRY_OF_ANY_KIND = re.compile(r"^\W*(?:\d{1,2}\W+)?(?:(?:解除|注销)?抵押|质押|变更|补领|换领|注销)")
MOST_ROWS = 8
"""Rows that one entry takes up at most."""
_OTHER_DAY = re.compile(r"(?:发证|出厂|制证|打印|抵押|有效)[^\d]{0,10}$")
_REGISTERED_ON = re.compile(r"(?<!转让)(?<!转移)(?<!抵押)(?<!出口)登记日期\s*[:：]?\s*")
_QUALIFIERS = ("发动机", "电机", "轮胎", "底盘")
_IDENTITY = re.compile(r"[/／|]|居民身份证|营业执照|统一社会信用代码|组织机构代码")


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something that an office entered: by row, with the words of its block."""

    row: int
    field: Field
    transfer: bool


def understood_certificate(letter: Letter, layout: Layout) -> Letter:
    """Return the letter of a registration certificate with its fields, and its one vehicle.

    Owner is the last one entered, `registration_date` the first entry's day, `transfer_date` the last transfer's.
    `mortgaged` is `yes` where a pledge stands unreleased, `no` where it is released or denied, None where no pledge
    is spoken of. A certificate has no issuer that could sign a letter.
    """
    owners = tuple(_owners(layout))
    entries = sorted([*_entries(layout), *_entries_of_blocks(layout)], key=lambda entry: entry.row)
    registered = next((entry.field for entry in entries if not entry.transfer), None)
    registered = registered or _registered_within(layout)
    transferred = max((e.field for e in entries if e.transfer), key=lambda field: field.value, default=None)
    vehicle = letter.vehicles[0] if letter.vehicles else None
    claim = VehicleClaim(
        vin=vehicle.vin,
        brand=_first(layout, "brand"),
        model=_first(layout, "model"),
        registration_date=registered,
        transfer_date=transferred,
    ) if vehicle else None  # fmt: skip
    return replace(
        letter,
        issuer=None,
        issued_on=None,
        owner=owners[-1] if owners else None,
        manufacturer=_manufacturer(layout),
        mortgaged=_mortgaged(layout),
        vehicles=(claim,) if claim else (),
        outlets=(),
    )


def _owners(layout: Layout) -> Iterator[Field]:
    """Yield the owners in the order of their entries, without the papers they proved themselves with."""
    for value in layout.values("owner"):
        end = _IDENTITY.search(value.text)
        field = text_field(value.cell, value.start, value.start + end.start() if end else value.stop)
        if field and any("\u4e00" <= c <= "\u9fff" or c.isalpha() for c in field.value):
            yield field


def _entries(layout: Layout) -> Iterator[_Entry]:
    """Yield the days of registration and transfer; 登记日期 under the heading of a transfer is the transfer's."""
    heading = ""
    values = sorted(
        (v for v in layout.labelled if v.name in ("registration_date", "transfer_date")),
        key=lambda value: (value.row, value.start),
    )
    rows = iter(values)
    value = next(rows, None)
    seen = 0
    for number, row in enumerate(layout.rows):
        text = "".join(cell.text for cell in row.cells)
        if "登记" in text and "栏" in text:
            heading = text
        while value is not None and value.row == number:
            field = date_field(value.cell, value.start, value.stop)
            if field:
                seen += 1
                transfer = value.name == "transfer_date" or bool(_TRANSFER.search(heading)) or seen > 1
                yield _Entry(number, field, transfer)
            value = next(rows, None)


def _registered_within(layout: Layout) -> Field | None:
    """Return the first day right behind 登记日期 inside a line, where readers ran labels and values together."""
    for cell in layout.flow:
        for match in _REGISTERED_ON.finditer(cell.text):
            found = find_dates(cell.text[match.end() :])
            if found and found[0].start == 0:
                return cell.field(found[0].value.isoformat(), match.end(), match.end() + found[0].stop)
    return None


def _entries_of_blocks(layout: Layout) -> Iterator[_Entry]:
    """Yield the first day of each entry that begins with what was done, over as many rows as it takes."""
    texts = [" ".join(cell.text for cell in row.cells) for row in layout.rows]
    begins = [_BLOCK.match(text) for text in texts]
    for number, begin in enumerate(begins):
        if begin is None:
            continue
        rows = layout.rows[number : number + MOST_ROWS]
        following = range(number + 1, number + len(rows))
        ended = (
            n
            for n in following
            if begins[n] or _ENTRY_OF_ANY_KIND.match(texts[n]) or rows[n - number].page != rows[0].page
        )
        rows = rows[: next(ended, number + len(rows)) - number]
        block = Cell.of(rows[0].page, [piece for row in rows for cell in row.cells for piece in cell.pieces])
        for mention in find_dates(block.text):
            if not _OTHER_DAY.search(block.text[: mention.start]):
                field = block.field(mention.value.isoformat(), mention.start, mention.stop)
                yield _Entry(number, field, begin["kind"] != "注册登记")
                break


def _first(layout: Layout, name: str) -> Field | None:
    """Return the first value under a vehicle's label; 发动机型号 is no model of a vehicle."""
    for value in layout.values(name):
        if not _is_qualified(value):
            field = text_field(value.cell, value.start, value.stop)
            if field:
                return field
    return None


def _is_qualified(value: Labelled) -> bool:
    return value.label_cell.text[: value.label_start].rstrip().endswith(_QUALIFIERS)


def _manufacturer(layout: Layout) -> Field | None:
    for value in (*layout.values("manufacturer"), *layout.values("issuer")):
        label = value.label_cell.text[value.label_start :]
        if label.startswith(("制造", "生产")):
            field = text_field(value.cell, value.start, _before_heading(value, layout))
            if field:
                return field
    return None


def _before_heading(value: Labelled, layout: Layout) -> int:
    """Return where a value stops: a heading under a full line looks like its next one."""
    places = (value.cell.text.find(words, value.start, value.stop) for words in layout.labels.inner_headings)
    return min((place for place in places if place > value.start), default=value.stop)


def _mortgaged(layout: Layout) -> Field | None:
    """Return the state after the last entry about a pledge, with that entry as evidence."""
    last = None
    for row in layout.rows:
        whole = row.cells[0] if len(row.cells) == 1 else Cell.of(row.page, [p for c in row.cells for p in c.pieces])
        for value, start, stop in sorted(_pledges(whole.text), key=lambda event: event[1]):
            last = whole.field(value, start, stop)
    return last


def _pledges(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (`yes` or `no`, start, stop) of each entry; labels without a value say nothing."""
    for match in _ALREADY_RELEASED.finditer(text):
        yield "no", *match.span()
    released = [match.span() for match in _RELEASED.finditer(text)]
    denied = [*released, *(match.span() for match in _ALREADY_RELEASED.finditer(text))]
    pledged = [match.span() for match in _PLEDGED_ON.finditer(text)]
    entered = [(a, b) for a, b in pledged if not any(start < b and a < stop for start, stop in denied)]
    for value, spans in (("no", released), ("yes", entered)):
        for start, stop in spans:
            if find_dates(text[stop : stop + NEAR_DATE]):
                yield value, start, stop
    for match in _PLEDGED_TO.finditer(text):
        yield "yes", *match.span()
