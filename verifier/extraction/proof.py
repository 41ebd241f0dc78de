"""What a proof of modification says of chassis and modified vehicle: in labels, tables, sections and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from verifier.extraction.cells import Cell, Row
from verifier.extraction.label_places import label_places
from verifier.extraction.labelled import Labelled
from verifier.extraction.layout import Layout
from verifier.extraction.parties import company_alone
from verifier.extraction.values import text_field
from verifier.extraction.vehicles import split_brand_model
from verifier.formats import vin as vins
from verifier.formats.dates import find_dates
from verifier.formats.names import normalise_name
from verifier.letter import Field

FIELDS = ("chassis_brand", "chassis_model", "modified_brand", "modified_model", "announcement", "ccc_certificate")
_CHASSIS = re.compile(r"底盘|原车|改装前|改装之前|基础车|基型车|chassis|base\s*vehicle|before", re.I)
_MODIFIED = re.compile(
    r"改装后|改装之后|改装车|改装成|改装完成|完成车|整车|成品车|专用车|modified|after|completed|converted", re.I
)
LONGEST_HEADING = 22
"""Characters of a line or column head that says whether chassis or modified vehicle follows."""
_PRODUCT = re.compile(
    r"(?P<brand>[\u4e00-\u9fff（）()]{1,40}?牌|(?<![A-Za-z])[A-Z][A-Za-z]{2,15}(?=\s))"
    r"\s*(?P<model>[A-Z]{1,4}[0-9][A-Z0-9/-]{2,20})(?![A-Za-z0-9])"
)
_LEADS_TO_BRAND = re.compile(
    r"^.*(?:改装成|改装为|改制成|改制为|改造成|改造为|加工成|制成|改装|改制|改造|生产|制造|采用|使用|选用|用|以|由|为|的)(?=.{2})"
)
_BEFORE_MODIFIED = re.compile(r"(?:改装|改制|改造|生产|制造|convert|modif|into)(?!前|之前)[^，,。；;:：]{0,10}$", re.I)
_AFTER_CHASSIS = re.compile(r"^[^，,。；;]{0,12}?(?:底盘|chassis)", re.I)
_BATCH = re.compile(r"第?\s*[0-9一二三四五六七八九十百零〇]{1,6}\s*批|20\d{2}\s*年?\s*第?\s*\d{1,4}\s*号")
_BATCH_LATIN = re.compile(r"(?:batch|announcement)\s*(?:no\.?|number)?\s*[:：]?\s*(?P<batch>\d{1,4})", re.I)
_ABOUT_ANNOUNCEMENT = re.compile(r"公告|announcement", re.I)
_ABOUT_CCC = re.compile(r"CCC|3C|强制性产品认证|compulsory", re.I)
_CCC = re.compile(r"(?<![A-Za-z0-9])[A-Z]{0,4}\d[\dA-Z -]{7,24}\d(?![A-Za-z0-9])")
QUALIFIER = 10
"""Characters right before a label that may name what it is about: 改装前品牌型号."""
FEWEST_CCC_DIGITS = 10
CLOSING_ROWS = 10
"""Rows at the end among which a proof is signed."""
NEAR_DATE = 4
"""Rows from the name that signs down to its date."""


def find_proof(layout: Layout) -> dict[str, Field | None]:
    """Return the fields of a proof by name, None where it does not state one; `doubt` where it states several."""
    found = {name: list(_labelled(layout, name)) for name in FIELDS[:4]}
    for name, field in (*_compared(layout), *_in_sections(layout), *_in_sentences(layout)):
        found[name].append(field)
    return {
        **{name: _only(fields) for name, fields in found.items()},
        "announcement": _announcement(layout),
        "ccc_certificate": _ccc(layout),
    }


def _only(fields: list[Field]) -> Field | None:
    """Return the first field, in doubt where another states something else."""
    if not fields:
        return None
    others = {_key(field.value) for field in fields} - {_key(fields[0].value)}
    return (
        Field(**{n: getattr(fields[0], n) for n in fields[0].__slots__} | {"doubt": "ambiguous"})
        if others
        else fields[0]
    )


def _key(text: str) -> str:
    return normalise_name(text).removesuffix("型").removesuffix("牌")


def _labelled(layout: Layout, name: str) -> Iterator[Field]:
    """Yield values with a field's own label, in lines and in columns of a table."""
    for value in layout.values(name):
        yield from _text(value.cell, value.start, value.stop)
    both = "chassis_brand_model" if name.startswith("chassis") else "modified_brand_model"
    for value in layout.values(both):
        parts = split_brand_model(value.cell, value.start, _clause_end(value.cell, value.start, value.stop))
        field = parts.get(name.partition("_")[2])
        if field:
            yield field
    for table in layout.tables:
        for row in table.rows:
            cell = row.cells.get(name)
            if cell:
                yield from _text(cell, 0, len(cell.text))


def _text(cell: Cell, start: int, stop: int) -> Iterator[Field]:
    """Yield a value up to the first mark that ends a clause."""
    field = text_field(cell, start, _clause_end(cell, start, stop))
    if field:
        yield field


def _clause_end(cell: Cell, start: int, stop: int) -> int:
    end = re.search(r"(?<=.)[；;。，,（(]", cell.text[start:stop])
    return start + end.start() if end else stop


def _compared(layout: Layout) -> Iterator[tuple[str, Field]]:
    """Yield what stands in rows 品牌, 型号 under the heads 底盘 and 改装车."""
    heads: list[tuple[str, Cell]] = []
    for row in layout.rows:
        columns = [(role, cell) for cell in row.cells if (role := _role(cell.text))]
        if len(columns) >= 2 and len({role for role, _ in columns}) == 2 and not _has_values(row, layout):
            heads = columns
        elif heads and len(row.cells) >= 2:
            names = [place.name for place in label_places(row.cells[0], layout.labels)]
            if names and names[0] in ("brand", "model", "brand_model"):
                yield from _under_heads(row, names[0], heads)


def _under_heads(row: Row, name: str, heads: list[tuple[str, Cell]]) -> Iterator[tuple[str, Field]]:
    for cell in row.cells[1:]:
        role, _ = min(heads, key=lambda one: abs(one[1].box.x0 - cell.box.x0))
        yield from _parts_of(role, name, cell, 0, len(cell.text))


def _parts_of(role: str, name: str, cell: Cell, start: int, stop: int) -> Iterator[tuple[str, Field]]:
    if name == "brand_model":
        for part, field in split_brand_model(cell, start, _clause_end(cell, start, stop)).items():
            if field:
                yield f"{role}_{part}", field
    else:
        yield from ((f"{role}_{name}", field) for field in _text(cell, start, stop))


def _has_values(row: Row, layout: Layout) -> bool:
    """Return whether a row holds labels with their values: then it is no row of heads."""
    return any(label_places(cell, layout.labels) and _role(cell.text) is None for cell in row.cells[1:])


def _role(text: str) -> str | None:
    """Return `chassis` or `modified` where a short text names one of them alone."""
    if len(text.strip()) > LONGEST_HEADING:
        return None
    chassis, modified = bool(_CHASSIS.search(text)), bool(_MODIFIED.search(text))
    return None if chassis == modified else "chassis" if chassis else "modified"


def _in_sections(layout: Layout) -> Iterator[tuple[str, Field]]:
    """Yield plain 品牌 and 型号 with chassis or modified vehicle named right before them, or in a heading above."""
    headings = [
        (number, role)
        for number, row in enumerate(layout.rows)
        if len(row.cells) <= 2 and (role := _role(row.cells[0].text)) and not _values_of(layout.labelled, number)
    ]
    for value in layout.labelled:
        name = value.name if value.name in ("brand", "model", "brand_model") else None
        if name is None:
            continue
        label = value.label_cell.text
        if label[: value.label_start].rstrip().endswith("品牌"):  # 改装前品牌型号: the longer label is not a known one
            name = "brand_model"
        before = _role(label[max(value.label_start - QUALIFIER, 0) : value.label_start])
        above = [role for number, role in headings if number < value.row]
        role = before or (above[-1] if above else None)
        if role:
            yield from _parts_of(role, name, value.cell, value.start, value.stop)


def _values_of(values: Iterable[Labelled], row: int) -> bool:
    return any(value.row == row for value in values)


def _in_sentences(layout: Layout) -> Iterator[tuple[str, Field]]:
    """Yield brand and model of "…牌…型底盘" and "改装为…牌…"."""
    for cell in layout.flow:
        for match in _PRODUCT.finditer(cell.text):
            role = _role_in_sentence(cell.text, match)
            if role:
                for name in ("brand", "model"):
                    field = text_field(cell, _start(match) if name == "brand" else match.start(name), match.end(name))
                    if field:
                        yield f"{role}_{name}", field


def _role_in_sentence(text: str, match: re.Match[str]) -> str | None:
    if _AFTER_CHASSIS.search(text[match.end() :]):
        return "chassis"
    return "modified" if _BEFORE_MODIFIED.search(text[: _start(match)]) else None


def _start(match: re.Match[str]) -> int:
    """Return where the brand begins, after the words that lead to it."""
    lead = _LEADS_TO_BRAND.match(match["brand"])
    return match.start("brand") + (lead.end() if lead else 0)


def _announcement(layout: Layout) -> Field | None:
    for value in layout.values("announcement"):
        match = _BATCH.search(value.text)
        start, stop = match.span() if match else (0, len(value.text))
        field = text_field(value.cell, value.start + start, value.start + stop)
        if field and any(map(str.isdigit, field.value + ("0" if match else ""))):
            return field
    for cell in layout.flow:
        about = _ABOUT_ANNOUNCEMENT.search(cell.text)
        if about:
            match = _BATCH.search(cell.text, about.end())
            latin = _BATCH_LATIN.search(cell.text)
            if match:
                return text_field(cell, *match.span())
            if latin:
                return text_field(cell, *latin.span("batch"))
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


def find_signer(layout: Layout) -> Field | None:
    """Return the company that signs a proof: the last one alone near a date at the end, whatever labels name others."""
    first = max(len(layout.rows) - CLOSING_ROWS, 0)
    cells = [(number, cell) for number, cell in layout.cells() if number >= first]
    dates = [number for number, cell in cells if find_dates(cell.text) and len(cell.text) <= LONGEST_HEADING]
    names = [
        name
        for number, cell in cells
        if any(0 <= date - number <= NEAR_DATE for date in dates)
        and not any(value.cell is cell for value in layout.labelled)
        and (name := company_alone(cell))
    ]
    chinese = [name for name in names if not name.value.isascii()]
    return next(iter(reversed(chinese or names)), None)
