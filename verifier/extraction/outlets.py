"""Overseas service outlets in tables, label lines, lists and prose: who, where, what phone and country."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from verifier.extraction.cells import Cell, Row
from verifier.extraction.labels import Labelled, label_places, trimmed
from verifier.extraction.layout import Layout
from verifier.extraction.tables import TableRow
from verifier.extraction.values import country_field, text_field
from verifier.formats.gazetteer import fold
from verifier.formats.phones import countries_of, find_phones
from verifier.letter import Field, ServiceOutlet

_KEYS = {
    "outlet_name": "name",
    "name": "name",
    "outlet_address": "address",
    "outlet_contact": "contact",
    "outlet_phone": "phone",
    "contact_and_phone": "contact",
    "outlet_country": "country",
}
_ITEM = re.compile(r"^\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]|[①-⑳•●◆■□*·-])\s*")
_SEPARATOR = re.compile(
    r"[,，](?!\s?(?:Ltd|Inc|LLC|L\.L\.C|S\.\s?A|S\.?A\.?R\.?L|GmbH|Corp|Limited|Lda|Ltda)\b)\s*"
    r"|[;；|]\s*|(?<!\d)/|/(?!\d)|\s[-–—]\s|\s{2,}",
    re.I,
)
"""Between the parts of an item; a comma before a legal form belongs to the name, a stroke in 47/1 to the address."""
_AS_PHONE = "tel "
"""Before digits that a label already calls a telephone number."""
_LEADS_TO_NAME = re.compile(
    r"[。；;]|(?:售后|维修|服务|保养)[^，,。；;]{0,8}?(?:由|委托|授权)|(?:由|委托|授权)(?=[A-Z«“\"])"
)
"""Ends of what leads to a provider's name in a sentence: "…的售后维修由NAME（地址：…）承担"."""
_PHONE_WORD = re.compile(r"(?:联系)?电话|手机|tel(?:ephone)?\.?|phone|тел(?:ефон)?\.?", re.I)
LONGEST_HEADING = 40
"""Characters of a line that only announces the outlets."""
ROWS_AFTER_HEADING = 25
"""Rows after such a heading that may be items of its list."""


def find_outlets(layout: Layout) -> tuple[ServiceOutlet, ...]:
    """Return the outlets in reading order, each with its country where that can be shown."""
    found = _from_tables(layout) or _from_labels(layout) or _from_list(layout)
    return tuple(replace(outlet, country=_country(outlet, layout)) for outlet in found)


def _from_tables(layout: Layout) -> list[ServiceOutlet]:
    return [
        outlet
        for table in layout.tables
        if table.kind == "outlets"
        for row in table.rows
        if (outlet := _from_row(row, layout))
    ]


def _from_row(row: TableRow, layout: Layout) -> ServiceOutlet | None:
    fields: dict[str, Field | None] = {}
    for column, cell in row.cells.items():
        # beside outlet columns a bare 国别 is the outlet's country, whatever it means elsewhere
        key = "country" if column == "export_country" else _KEYS.get(column)
        if column == "issuer":
            key = "name"
        if key:
            fields[key] = _value(key, cell, 0, len(cell.text), layout)
    outlet = ServiceOutlet(**fields)
    return outlet if outlet.name or outlet.address else None


def _value(key: str, cell: Cell, start: int, stop: int, layout: Layout) -> Field | None:
    if key == "country":
        return country_field(cell, start, stop, layout)
    if key == "phone":
        return phone_field(cell, start, stop) or text_field(cell, start, stop)
    return text_field(cell, start, stop)


def phone_field(cell: Cell, start: int, stop: int) -> Field | None:
    """Return the first telephone number of a range, known to be one by its label."""
    for mention in find_phones(_AS_PHONE + cell.text[start:stop]):
        begin = start + mention.start - len(_AS_PHONE)
        return cell.field(mention.value, begin, begin + mention.stop - mention.start)
    return None


def _from_labels(layout: Layout) -> list[ServiceOutlet]:
    """Return outlets from label lines: a new one begins where a label comes again."""
    inside = layout.table_rows("outlets")
    groups: list[dict[str, Labelled]] = []
    for value in layout.labelled:
        if value.name not in _KEYS or value.row in inside or not value.marked:
            continue
        if not groups or _KEYS[value.name] in groups[-1]:
            groups.append({})
        groups[-1][_KEYS[value.name]] = value
    outlets = []
    for group in groups:
        if not {"name", "address"} & set(group):
            continue
        fields: dict[str, Field | None] = {
            key: _value(key, value.cell, value.start, value.stop, layout) for key, value in group.items()
        }
        both = group.get("contact")
        if both and both.name == "contact_and_phone":
            fields |= _contact_and_phone(both)
        if "name" not in group:
            fields["name"] = _name_before(min(group.values(), key=lambda value: (value.row, value.label_start)), layout)
        outlets.append(ServiceOutlet(**fields))
    return [outlet for outlet in outlets if _is_outlet(outlet)]


def _contact_and_phone(both: Labelled) -> dict[str, Field | None]:
    """Return a value that holds a person and a number as both."""
    phone = phone_field(both.cell, both.start, both.stop)
    mentions = find_phones(_AS_PHONE + both.text)
    stop = both.start + mentions[0].start - len(_AS_PHONE) if mentions else both.stop
    return {"contact": text_field(both.cell, both.start, stop), "phone": phone}


def _name_before(first: Labelled, layout: Layout) -> Field | None:
    """Return what stands before the first label of an item: "(1) NAME, address: …", or alone in the row above."""
    cell = first.label_cell
    before = _item_head(cell, first.label_start, layout)
    if before or first.label_start > 0 or first.row == 0:
        return before
    above = layout.rows[first.row - 1].cells
    if len(above) != 1 or len(above[0].text) > LONGEST_HEADING or above[0].text.rstrip().endswith((":", "：", "。")):
        return None
    return _item_head(above[0], len(above[0].text), layout)


def _item_head(cell: Cell, stop: int, layout: Layout) -> Field | None:
    """Return the name at the head of an item, without its number, the label before it or the sentence it ends."""
    item = _ITEM.match(cell.text)
    _, stop = trimmed(cell.text, 0, min(stop, len(cell.text)))
    start = max((m.end() for m in _LEADS_TO_NAME.finditer(cell.text, 0, stop)), default=item.end() if item else 0)
    labels = [place for place in label_places(cell, layout.labels) if place.stop <= stop and place.marked]
    start = max([start, *(place.value_start for place in labels)])
    start, stop = trimmed(cell.text, start, stop)
    while start < stop and cell.text[stop - 1] in "(（[":
        stop -= 1
    return text_field(cell, start, stop) if start < stop else None


def _is_outlet(outlet: ServiceOutlet) -> bool:
    """Return whether a group is more than the maker's own address line."""
    return outlet.name is not None or (outlet.address is not None and outlet.phone is not None)


def _from_list(layout: Layout) -> list[ServiceOutlet]:
    """Return outlets from the items or sentences after a heading that announces them."""
    outlets = []
    since = None
    for number, row in enumerate(layout.rows):
        since = number if _announces(row, layout) else since
        if since is None or number - since > ROWS_AFTER_HEADING:
            continue
        outlet = _from_item(row, layout)
        if outlet:
            outlets.append(outlet)
    return outlets


def _announces(row: Row, layout: Layout) -> bool:
    text = fold(" ".join(cell.text for cell in row.cells))
    return any(words in text for words in layout.labels.outlet_sections)


def _from_item(row: Row, layout: Layout) -> ServiceOutlet | None:
    """Return the outlet of one item: parts between separators, told apart by what they hold."""
    cell = row.cells[0] if len(row.cells) == 1 else Cell.of(row.page, [p for c in row.cells for p in c.pieces])
    item = _ITEM.match(cell.text)
    phones = find_phones(cell.text)
    if not item or not (phones or _places(cell, layout)):
        return None
    parts = _parts(cell, item.end())
    if not parts:
        return None
    fields: dict[str, Field | None] = {"name": text_field(cell, *parts[0])}
    address = [part for part in parts[1:] if not _holds_phone(cell, part) and not _labelled_as(cell, part, layout)]
    if address:
        fields["address"] = text_field(cell, address[0][0], address[-1][1])
    if phones:
        fields["phone"] = cell.field(phones[0].value, phones[0].start, phones[0].stop)
    for place in label_places(cell, layout.labels):
        if place.name == "outlet_contact":
            stop = next((b for a, b in parts if a <= place.start < b), len(cell.text))
            fields["contact"] = text_field(cell, place.value_start, stop)
    return ServiceOutlet(**fields)


def _parts(cell: Cell, start: int) -> list[tuple[int, int]]:
    cuts = [start]
    for match in _SEPARATOR.finditer(cell.text, start):
        cuts += [match.start(), match.end()]
    cuts.append(len(cell.text))
    ranges = [trimmed(cell.text, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return [(a, b) for a, b in ranges if a < b]


def _holds_phone(cell: Cell, part: tuple[int, int]) -> bool:
    text = cell.text[part[0] : part[1]]
    return bool(_PHONE_WORD.search(text) or find_phones(_AS_PHONE + text))


def _labelled_as(cell: Cell, part: tuple[int, int], layout: Layout) -> bool:
    return any(
        place.name in ("outlet_contact", "outlet_phone") and part[0] <= place.start < part[1]
        for place in label_places(cell, layout.labels)
    )


def _places(cell: Cell, layout: Layout) -> bool:
    return bool(layout.labels.places.find(cell.text) or layout.labels.countries.find(cell.text))


@dataclass(frozen=True, slots=True)
class _Hint:
    field: Field
    codes: frozenset[str]


def _country(outlet: ServiceOutlet, layout: Layout) -> Field | None:
    """Return the outlet's country where every hint that says something allows exactly one.

    A named country weighs most, then a city, then a dial code; hints that contradict one another leave it
    undecided.
    """
    if outlet.country and outlet.country.doubt is None:
        return outlet.country
    hints = [hint for field in (outlet.address, outlet.name) if field for hint in _hints(field, layout)]
    if outlet.phone:
        codes = countries_of(outlet.phone.value) if outlet.phone.value.startswith("+") else ()
        hints += [_Hint(outlet.phone, frozenset(codes))] if codes else []
    if not hints:
        return None
    allowed = frozenset.intersection(*(hint.codes for hint in hints))
    if len(allowed) != 1:
        return None
    first = hints[0].field
    return replace(first, value=next(iter(allowed)), readings=())


def _hints(field: Field, layout: Layout) -> list[_Hint]:
    """Return what the countries and the cities named in a text allow, each as one hint."""
    found = []
    for names in (layout.labels.countries, layout.labels.places):
        codes = {code for mention in names.find(field.text) for code in mention.code.split("/")}
        if codes:
            found.append(_Hint(field, frozenset(codes)))
    return found
