"""Brand and model of chassis and modified vehicle, wherever a proof says them; each candidate looks like what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from verifier.extraction.cells import Cell
from verifier.extraction.label_places import is_label, label_places
from verifier.extraction.labelled import Labelled
from verifier.extraction.layout import Layout
from verifier.extraction.proof_roles import (
    CHASSIS,
    MODIFIED,
    Heads,
    after_chassis,
    find_heads,
    role_above,
    role_in_words,
    role_of,
)
from verifier.extraction.tables import TableRow
from verifier.extraction.values import text_field
from verifier.extraction.vehicle_values import split_brand_model
from verifier.formats.gazetteer import fold
from verifier.formats.names import LEGAL_FORM
from verifier.formats.vin import is_valid
from verifier.letter import Field

PARTS = ("brand", "model")
_SAYS = frozenset({"brand", "model", "brand_model"})
OWN = ""
"""Role of what a proof says of "the vehicle": with the chassis named apart, that is what was made of it."""
_PRODUCT = re.compile(
    r"(?P<brand>[\u4e00-\u9fff（）()]{1,40}?牌|(?<![A-Za-z])[A-Z][A-Za-z]{2,15}(?=\s))"
    r"\s*(?P<model>[A-Z]{1,4}[0-9][A-Z0-9/-]{2,20})(?![A-Za-z0-9])"
)
_LEADS_TO_BRAND = re.compile(
    r"^.*(?:改装成|改装为|改制成|改制为|改造成|改造为|加工成|制成|成为|改为|变为|购[入买置]|底盘|原车|整车|车辆|改装|改制|改造|生产|制造|出品|采用|使用|选用"
    r"|用|以|由|为|系|是|的)(?=.{2})"
)
_MODEL = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 ./()（）-]{2,23}(?:型|系列)?")
LONGEST_BRAND = 24
_BRAND_FIRST = re.compile(r"^\s*[\u4e00-\u9fff·—-]{1,10}牌\s*(?=.*[A-Za-z0-9])")
_ENDED = re.compile(r"[。；;：:.!！]\s*$")
QUALIFIER = 12
"""Characters right before a label that may name what it is about: 改装前品牌型号."""


@dataclass(frozen=True, slots=True)
class Said:
    """A brand or model with the role of what it is said of."""

    role: str
    part: str
    field: Field


def find_products(layout: Layout) -> dict[str, list[Field]]:
    """Return the candidates by field, chassis_brand to modified_model, in the order of how plainly they are said."""
    heads = find_heads(layout)
    said = [*_labelled(layout, heads), *_in_tables(layout, heads), *_in_rows(layout, heads), *_in_sentences(layout)]
    found = {f"{role}_{part}": [] for role in (CHASSIS, MODIFIED) for part in PARTS}  # type: dict[str, list[Field]]
    for one in said:
        if one.role:
            found[f"{one.role}_{one.part}"].append(one.field)
    for part in PARTS:
        if found[f"{CHASSIS}_{part}"] and not found[f"{MODIFIED}_{part}"]:
            found[f"{MODIFIED}_{part}"] = [one.field for one in said if one.role == OWN and one.part == part]
    return found


def _labelled(layout: Layout, heads: tuple[Heads, ...]) -> Iterator[Said]:
    """Yield values behind labels, those of a role and plain ones; what stands before a label may name the role."""
    inside = {id(cell) for table in layout.tables for row in table.rows for cell in row.cells.values()}
    for value in layout.labelled:
        role, name = _named(value.name)
        if name not in _SAYS or id(value.cell) in inside:
            continue
        before = value.label_cell.text[: value.label_start].rstrip()
        if value.name == "model" and before.endswith(("品牌", "厂牌")):  # the longer label is not a known one
            name = "brand_model"
        role = role or _role_before(value) or role_above(value.row, value.cell, heads)
        yield from _parts(role or OWN, name, *_behind_twin(value, layout), layout)


def _behind_twin(value: Labelled, layout: Layout) -> tuple[Cell, int, int]:
    """Return the range of a value; where that is the label in another language, the cell to the right of it."""
    cell, start, stop = value.cell, value.start, value.stop
    if fold(value.text) in layout.labels.fields.codes:
        cells = layout.rows[value.row].cells
        right = cells[cells.index(cell) + 1 :] if cell in cells else ()
        if right:
            return right[0], 0, len(right[0].text)
    return cell, start, stop


def _role_before(value: Labelled) -> str | None:
    return role_of(value.label_cell.text[max(value.label_start - QUALIFIER, 0) : value.label_start])


def _named(label: str) -> tuple[str | None, str]:
    """Return the role and the part that a label names."""
    for role in (CHASSIS, MODIFIED):
        if label.startswith(f"{role}_"):
            return role, label.removeprefix(f"{role}_")
    return None, label


def _in_tables(layout: Layout, heads: tuple[Heads, ...]) -> Iterator[Said]:
    """Yield what stands in columns: of a role, or plain ones under the head of a role."""
    for table in layout.tables:
        over = tuple(one for one in heads if one.row < table.header)
        for row, group in _groups(table.rows):
            in_turn = over[-1].in_turn(*group) if over else None
            for label, cell in row.cells.items():
                role, name = _named(label)
                if name in _SAYS:
                    role = role or in_turn or role_above(row.number, cell, over)
                    yield from _parts(role or OWN, name, cell, 0, len(cell.text), layout)


def _groups(rows: tuple[TableRow, ...]) -> Iterator[tuple[TableRow, tuple[int, int]]]:
    """Yield the rows, each with (its place, their number) among those side by side: columns that come again."""
    for _, beside in groupby(rows, key=lambda row: row.number):
        together = list(beside)
        yield from ((row, (place, len(together))) for place, row in enumerate(together))


def _in_rows(layout: Layout, heads: tuple[Heads, ...]) -> Iterator[Said]:
    """Yield the values of a row 品牌 or 型号 under heads of both roles, all but the first: that one is labelled."""
    for number, row in enumerate(layout.rows):
        if len(row.cells) < 3 or not is_label(row.cells[0], layout.labels):
            continue
        name = label_places(row.cells[0], layout.labels)[0].name
        for cell in row.cells[2:] if name in _SAYS else ():
            role = role_above(number, cell, heads)
            if role and not label_places(cell, layout.labels):
                yield from _parts(role, name, cell, 0, len(cell.text), layout)


def _in_sentences(layout: Layout) -> Iterator[Said]:
    """Yield brand and model of "…牌…型底盘" and "改装为…牌…"; the label of a row speaks for what stands beside it."""
    bare: list[tuple[Cell, re.Match[str]]] = []
    roles: set[str] = set()
    above = ""
    for row in layout.rows:
        lone = len(row.cells) == 1
        for place, cell in enumerate(row.cells):
            begin, beside = 0, above if lone else "".join(one.text for one in row.cells[:place])
            for match in _PRODUCT.finditer(cell.text):
                role = role_in_words(beside + cell.text[begin : _start(match)], cell.text[match.end() :])
                begin, beside = after_chassis(cell.text, match.end()), ""
                if role:
                    roles.add(role)
                    yield from _product(role, cell, match, layout)
                else:
                    bare.append((cell, match))
            above = beside + cell.text[begin:] if lone and not _ENDED.search(cell.text) else ""
    if len(bare) == 1 and len(roles) == 1:  # of two products with one role told, the other one has the other
        yield from _product(MODIFIED if CHASSIS in roles else CHASSIS, *bare[0], layout)


def _product(role: str, cell: Cell, match: re.Match[str], layout: Layout) -> Iterator[Said]:
    yield from _part(role, "brand", cell, _start(match), match.end("brand"), layout)
    yield from _part(role, "model", cell, *match.span("model"), layout)


def _start(match: re.Match[str]) -> int:
    """Return where the brand begins, after the words that lead to it."""
    lead = _LEADS_TO_BRAND.match(match["brand"])
    return match.start("brand") + (lead.end() if lead else 0)


def _parts(role: str, name: str, cell: Cell, start: int, stop: int, layout: Layout) -> Iterator[Said]:
    """Yield brand and model of a value up to the first mark that ends a clause."""
    stop = _clause_end(cell, start, stop)
    joined = name == "brand_model" or (name == "model" and _BRAND_FIRST.match(cell.text[start:stop]))
    if not joined:
        yield from _part(role, name, cell, start, stop, layout)
        return
    for part, field in split_brand_model(cell, start, stop).items():
        if field and _looks_like(part, field.value, layout):
            yield Said(role, part, field)


def _part(role: str, part: str, cell: Cell, start: int, stop: int, layout: Layout) -> Iterator[Said]:
    field = text_field(cell, start, stop)
    if field and _looks_like(part, field.value, layout):
        yield Said(role, part, field)


def _looks_like(part: str, value: str, layout: Layout) -> bool:
    """Return whether a value can be a brand or a model designation at all: no label, no company, no number."""
    if part == "model":
        return bool(_MODEL.fullmatch(value)) and not is_valid(value)
    short = 0 < len(value) <= LONGEST_BRAND and any(map(str.isalpha, value)) and not re.search(r"[:：]", value)
    return short and not LEGAL_FORM.search(value) and not layout.labels.fields.find(value)


def _clause_end(cell: Cell, start: int, stop: int) -> int:
    end = re.search(r"(?<=.)[；;。，,（(]", cell.text[start:stop])
    return start + end.start() if end else stop
