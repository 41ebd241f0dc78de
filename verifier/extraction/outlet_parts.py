"""What may be said of a service outlet, piece by piece in reading order: labelled, or told by what it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verifier.extraction.cells import Cell, Row
from verifier.extraction.labels import Labelled, label_places, trimmed
from verifier.extraction.layout import Layout
from verifier.formats.dates import find_dates
from verifier.formats.gazetteer import fold
from verifier.formats.organisations import find_organisations
from verifier.formats.phones import find_phones

KEYS = {
    "outlet_name": "name",
    "name": "name",
    "outlet_address": "address",
    "outlet_contact": "contact",
    "outlet_phone": "phone",
    "contact_and_phone": "phone",
    "outlet_country": "country",
}
ITEM = re.compile(r"^\s*(?:[(（]?(?:[A-Z]?-?\d{1,2}(?:\.\d{1,2})?|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）.、．:：](?!\d)|[A-Z]-?\d{1,2}\s+|[①-⑳•●◆■□*·–—-])\s*")
_CUTS = re.compile(
    r"[,，](?!\s?(?:Ltd|Inc|LLC|L\.L\.C|S\.\s?A|S\.?A\.?R\.?L|GmbH|Corp|Limited|Lda|Ltda)\b)\s*|[;；|]\s*|[（(]\s*|[)）]\s*"
    r"|(?<!\d)/|/(?!\d)|\s[-–—]\s|\s{2,}|[。]|\.\s(?=[A-ZА-Я]\w{2,}\s+(?:\w+\s+)*\w+$)",
    re.I,
)
"""Between the parts of an item; a comma before a legal form belongs to the name, a stroke in 47/1 to the address."""
_AS_PHONE = "tel "
"""Before digits that a label already calls a telephone number."""
_PHONE_WORD = re.compile(r"(?:联系|服务)?(?:电话|热线|手机)|\b(?:tel(?:ephone)?|phone|mob(?:ile)?|hotline|t)\b\.?|тел(?:ефон)?\.?", re.I)
_ADDRESS_LEAD = re.compile(
    r"^\s*(?:(?:whose|which|with|its|their|and|the)\b[^,]*?\b(?:at|in)(?=\s+[A-Z0-9])|(?:is\s+)?(?:located|situated|based)\s+(?:at|in)|of|at|address(?:ed)?(?:\s+is)?|位于|地处|地址[为是:：]?|坐落于|设在|设于|"
    r"расположен\w*\s+по\s+адресу|по\s+адресу|адрес|ubicado\s+en|sis[e]?\s+(?:à|au))\s*[:：]?\s*",
    re.I,
)
_ADDRESS_WORD = re.compile(
    r"\d+\s*号|[路街道巷区市州省](?![\u4e00-\u9fff]{0,2}(?:公司|中心))|\b(?:st(?:reet)?|road|rd|ave(?:nue|nida)?|av|highway|lane|"
    r"blvd|boulevard|bulevar|plot|block|shop|warehouse|building|bldg|floor|zone|district|industrial|area|km|no|rue|calle|carrera|"
    r"jl|jalan|unit|street|ul|prospekt|p\.?o\.?\s?box)\b|\b(?:ул|пр|просп|г|д|шоссе|улица|проспект|көшесі)\b\.?",
    re.I,
)
_LEADS_TO_NAME = re.compile(
    r"[。；;]|(?:售后|维修|服务|保养)[^，,。；;]{0,8}?(?:由|委托|授权)|(?:由|委托|授权)(?=[A-Z«“\"])"
)
"""Ends of what leads to a provider's name in a sentence: "…的售后维修由NAME（地址：…）承担"."""
_SENTENCE_END = re.compile(r"[。](?=\s*\S)|(?<=[a-zа-я0-9)]{3})\.\s+(?=(?:[A-ZА-Я][\w-]*\s)+(?:\w+\s)*[a-zа-я]+\s)")
_VIN = re.compile(r"(?<![A-Z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])")
STREET_WORD = re.compile(
    r"\d\s*$|^\s*\d|\b(?:st|street|road|rd|ave|avenue|avenida|av|route|rue|calle|carrera|highway|lane|blvd|boulevard|bulevar|"
    r"drive|jalan|jl|prospekt|prospekti|ul|way|autopista|corniche)\b|\b(?:ул|пр|просп|шоссе|улица|проспект|көшесі)\b",
    re.I,
)
"""Parts of an address that name a street or a house: what they are called after is no place they lie in."""
_HOUSE = re.compile(r"^(?:д\.?|дом|no\.?|№)?\s*\d{1,4}[A-Za-zА-я]?(?:[/-]\d{1,3}[A-Za-zА-я]?)?$", re.I)
_CLAUSE_END = re.compile(r"[。；;，）]|[,)]\s|\.\s+(?=[A-ZА-Я])")
_BEFORE_NAME = re.compile(r"(?:位于|地处|坐落于|设在|设于)(?P<address>[^，,。；;]{4,60}?)的?\s*$")
_PERSON = re.compile(r"^(?:[A-ZА-ЯЁ][\w.'’-]*\s*){2,4}$")
ANNOUNCED_ROWS = 25
"""Rows after a heading that announces outlets in which an unlabelled name may be one."""
BLOCK_ROWS = 4
"""Rows of an address block: name, one or two of address, telephone."""
_HOME_CODE = "+86"
LONGEST_NAME, LONGEST_TAIL, LONGEST_ADDRESS = 80, 30, 120
"""Characters."""
MOST_SMALL_WORDS = 0.5
"""Share of words with a small first letter from which a text is a sentence, not an address."""


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `stop` of a cell, taken for one thing that is said of an outlet.

    `labelled` tells whether a label says so; `fresh` whether an item or a line begins with it.
    """

    key: str
    row: int
    cell: Cell
    start: int
    stop: int
    labelled: bool
    fresh: bool

    @property
    def text(self) -> str:
        """The text as it stands there."""
        return self.cell.text[self.start : self.stop]


def find_parts(layout: Layout) -> Iterator[Part]:
    """Yield the parts outside tables in reading order."""
    inside = layout.table_rows("outlets") | layout.table_rows("vehicles")
    labelled: dict[int, list[Labelled]] = {}
    for value in layout.labelled:
        labelled.setdefault(value.row, []).append(value)
    announced = -ANNOUNCED_ROWS - 1
    for number, row in enumerate(layout.rows):
        if number in inside:
            continue
        if is_announcing(" ".join(cell.text for cell in row.cells), layout):
            announced = number
        near = number - announced <= ANNOUNCED_ROWS
        heading = _country_heading(number, row, layout) if near else None
        if heading:
            yield heading
            continue
        expected = near or _speaks_of_outlet(labelled.get(number + 1, [])) or _leads_to_phone(layout, number)
        if number not in labelled and len(row.cells) > 1 and any(_foreign_phone(cell.text) for cell in row.cells):
            yield from _cells_of_outlet(number, row, layout)
            continue
        for cell in row.cells:
            values = labelled.get(number, [])
            if not any(value.cell is cell and value.label_cell is not cell for value in values):
                yield from _parts_of_cell(number, cell, values, layout, expected=expected)


def _speaks_of_outlet(values: list[Labelled]) -> bool:
    """Return whether a row begins with an address or telephone: then the row above may name whose they are."""
    return bool(values) and values[0].marked and values[0].name in ("outlet_address", "outlet_phone")


def _foreign_phone(text: str) -> bool:
    """Return whether a text holds a telephone number with a dial code of another country."""
    return any(p.value.startswith("+") and not p.value.startswith(_HOME_CODE) for p in find_phones(text))


def _leads_to_phone(layout: Layout, number: int) -> bool:
    """Return whether a foreign telephone number stands in the few rows below, before any VIN."""
    for row in layout.rows[number : number + BLOCK_ROWS]:
        text = " ".join(cell.text for cell in row.cells)
        if _VIN.search(text):
            return False
        if _foreign_phone(text):
            return True
    return False


def _cells_of_outlet(number: int, row: Row, layout: Layout) -> Iterator[Part]:
    """Yield what the cells of a row say that no header explains: number, address and names are told by their looks."""
    left = [cell for cell in row.cells if not cell.text.strip().isdigit() and not _VIN.search(cell.text)]
    phone = next((cell for cell in left if _foreign_phone(cell.text)), None)
    if phone is None:
        return
    left.remove(phone)
    named = next((cell for cell in left if find_organisations(cell.text)), left[0] if left else None)
    if named:
        left.remove(named)
        yield Part("name", number, named, 0, len(named.text), False, True)
    address = max((cell for cell in left if looks_like_address(cell.text, layout)), key=lambda c: len(c.text), default=None)
    if address:
        left.remove(address)
        yield Part("address", number, address, 0, len(address.text), False, False)
    for cell in left[:1]:
        if not any(map(str.isdigit, cell.text)) and not layout.labels.countries.find(cell.text):
            yield Part("contact", number, cell, 0, len(cell.text), False, False)
    yield Part("phone", number, phone, 0, len(phone.text), False, False)


def _country_heading(number: int, row: Row, layout: Layout) -> Part | None:
    """Return a line that is a country's name and nothing else but its number: what follows lies there."""
    cell = row.cells[0]
    item = ITEM.match(cell.text)
    start, stop = trimmed(cell.text, item.end() if item else 0, len(cell.text))
    if len(row.cells) > 1 or start >= stop:
        return None
    named = layout.labels.countries.find(cell.text[start:stop])
    whole = len(named) == 1 and stop - start - (named[0].stop - named[0].start) <= 1
    return Part("heading", number, cell, start, stop, True, True) if whole else None


def is_announcing(text: str, layout: Layout) -> bool:
    """Return whether a text speaks of service outlets."""
    compact = fold(text)
    return any(words in compact for words in layout.labels.outlet_sections)


def _parts_of_cell(
    row: int, cell: Cell, values: list[Labelled], layout: Layout, *, expected: bool
) -> Iterator[Part]:
    """Yield what the labels of a cell say, and what stands before, between and behind them."""
    own = sorted((v for v in values if v.label_cell is cell and _is_label(v)), key=lambda v: v.label_start)
    places = label_places(cell, layout.labels)
    if not own and places and places[0].value_start >= len(cell.text.rstrip()):
        return  # a label without a value: a heading
    position = _behind_vins(cell)
    for value in own:
        key = _key_of(value, own)
        if value.label_start >= position:
            leads = key is not None and key != "name"
            yield from _unlabelled(row, cell, position, value.label_start, layout, expected=expected, leads=leads)
        if key and value.marked:
            fresh = not cell.text[: value.label_start].strip()
            yield Part(key, row, value.cell, value.start, value.stop, True, fresh)
        position = max(position, value.stop if value.cell is cell else len(cell.text))
    yield from _unlabelled(row, cell, position, len(cell.text), layout, expected=expected, leads=False)


def _is_label(value: Labelled) -> bool:
    """Return whether a label is one: Taller, Garage and Workshop without a colon begin a name."""
    return value.marked or KEYS.get(value.name) != "name"


def _key_of(value: Labelled, beside: list[Labelled]) -> str | None:
    """Return what a label says of an outlet; "name of the company" beside an address is the outlet's, too."""
    if value.name == "issuer" and any(KEYS.get(other.name) in ("address", "phone") for other in beside):
        return "name"
    return KEYS.get(value.name)


def _behind_vins(cell: Cell) -> int:
    """Return where the clause with the last VIN of a cell ends, 0 where it holds none: vehicles are no outlets."""
    last = max((match.end() for match in _VIN.finditer(cell.text)), default=0)
    if not last:
        return 0
    end = _CLAUSE_END.search(cell.text, last)
    return end.end() if end else len(cell.text)


def _unlabelled(
    row: int, cell: Cell, start: int, stop: int, layout: Layout, *, expected: bool, leads: bool
) -> Iterator[Part]:
    """Yield the parts of a stretch without labels: only with a telephone, in an item, or where outlets are expected.

    `leads` tells that an address or a telephone follows under its label: then a name stands before it.
    """
    for begin, end in _stretches(cell, start, stop):
        text = cell.text[begin:end]
        if not any(map(str.isalnum, text)) or _is_words_of_labels(text, layout):
            continue
        item = ITEM.match(cell.text) if begin == 0 else None
        head = begin + (item.end() if item else 0)
        phones = [(head + p.start, head + p.stop) for p in find_phones(cell.text[head:end])]
        before_label = leads and end == stop and (bool(item) or not cell.text[end - 1].isalnum() or begin == 0)
        if phones or before_label or expected:
            listed = item is not None or before_label
            yield from _typed(row, cell, head, end, phones, layout, listed=listed, fresh=begin == 0)


def _is_words_of_labels(text: str, layout: Layout) -> bool:
    """Return whether a text is a label or a part of one, or announces outlets, and names nobody."""
    if any(map(str.isdigit, ITEM.sub("", text))):
        return False
    left = text
    for mention in reversed(layout.labels.fields.find(text)):
        left = left[: mention.start] + left[mention.stop :]
    left = re.sub(r"境外|海外|信息|明细|清单|名单|列表|如下|及|overseas|list|of|the|[\W\d_]", "", left, flags=re.I)
    compact = fold(left)
    for words in layout.labels.outlet_sections:
        compact = compact.replace(words, "")
    return len(compact) <= 2


def _stretches(cell: Cell, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a stretch."""
    begin = start
    for match in _SENTENCE_END.finditer(cell.text, start, stop):
        yield begin, match.end()
        begin = match.end()
    if begin < stop:
        yield begin, stop


def _typed(
    row: int,
    cell: Cell,
    start: int,
    stop: int,
    phones: list[tuple[int, int]],
    layout: Layout,
    *,
    listed: bool,
    fresh: bool,
) -> Iterator[Part]:
    """Yield name, address, contact and telephone of a stretch by what they look like."""
    name = _name_range(cell, start, stop, layout, listed=listed)
    if name:
        yield Part("name", row, cell, *name, False, fresh)
    address = _address_range(cell, name[1] if name else start, stop, layout)
    before = _BEFORE_NAME.search(cell.text, start, name[0]) if name and not address else None
    address = before.span("address") if before else address
    if address and (name or fresh):
        yield Part("address", row, cell, *address, False, fresh and not name)
    behind = address[1] if address and not before else name[1] if name else start
    person = _person_range(cell, behind, phones[0][0] if phones else stop, layout)
    if person:
        yield Part("contact", row, cell, *person, False, False)
    for begin, end in phones[:1]:
        yield Part("phone", row, cell, begin, end, False, False)


def _person_range(cell: Cell, start: int, stop: int, layout: Layout) -> tuple[int, int] | None:
    """Return the last piece before a telephone that is two to four capitalised words and no place."""
    for piece in reversed(pieces(cell, start, stop)):
        text = cell.text[slice(*piece)]
        if _PERSON.match(text) and not layout.labels.places.find(text) and not layout.labels.countries.find(text):
            return piece
    return None


def _name_range(cell: Cell, start: int, stop: int, layout: Layout, *, listed: bool) -> tuple[int, int] | None:
    """Return the organisation of a stretch; in an item without one, what stands before its first separator."""
    text = cell.text[start:stop]
    found = [one for one in find_organisations(text) if one.stop - one.start <= LONGEST_NAME]
    formed = [one for one in found if one.formed] or found
    if formed:
        begin, end = _with_lead(cell, start, start + formed[0].start, start + formed[0].stop, layout, listed=listed)
        return begin, end
    if not listed:
        return None
    lead = max((m.end() for m in _LEADS_TO_NAME.finditer(cell.text, start) if m.end() < stop), default=start)
    cut = _CUTS.search(cell.text, lead, stop)
    begin, end = trimmed(cell.text, lead, cut.start() if cut and cut.start() > lead else stop)
    begin, end = _without_brackets(cell.text, begin, end)
    plain = 1 < end - begin <= LONGEST_NAME and not find_phones(cell.text[begin:end])
    return (begin, end) if plain and not re.search(r"[。:：]", cell.text[begin:end]) else None


def split_name(
    cell: Cell, start: int, stop: int, layout: Layout
) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """Return the ranges of name and address in a value that may hold both."""
    name = _name_range(cell, start, stop, layout, listed=True) or (start, stop)
    return name, _address_range(cell, name[1], stop, layout)


def _with_lead(
    cell: Cell, start: int, begin: int, end: int, layout: Layout, *, listed: bool
) -> tuple[int, int]:
    """Return an organisation's range grown to the separators around it in an item: "Cửa hàng X LLC", "X LLC (Dubai)"."""
    if not listed:
        return begin, end
    left = cell.text[start:begin]
    foreign = _has_han(left) == _has_han(cell.text[begin:end])
    if len(left) <= LONGEST_TAIL and foreign and not _CUTS.search(cell.text, start, begin) and not _LEADS_TO_NAME.search(left):
        begin, _ = trimmed(cell.text, start, end)
    cut = _CUTS.search(cell.text, end)
    tail = cell.text[end : cut.start() if cut else len(cell.text)]
    plain = len(tail) <= LONGEST_TAIL and not any(map(str.isdigit, tail)) and not _PHONE_WORD.search(tail)
    if plain and tail.strip(" .") and not layout.labels.places.find(tail) and not _ADDRESS_LEAD.match(tail):
        _, end = trimmed(cell.text, begin, end + len(tail))
    return begin, end


def _has_han(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _without_brackets(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[stop - 1] in "(（[":
        stop -= 1
    return start, stop


def _address_range(cell: Cell, start: int, stop: int, layout: Layout) -> tuple[int, int] | None:
    """Return the pieces from the first to the last that look like an address, before any telephone or contact."""
    begin = start
    kept: list[tuple[int, int]] = []
    for piece in pieces(cell, begin, stop):
        text = cell.text[slice(*piece)]
        if _PHONE_WORD.search(text) or find_phones(_AS_PHONE + text) or _is_labelled(cell, piece, layout):
            if kept:
                break
            continue
        lead = _ADDRESS_LEAD.match(text)
        piece = (piece[0] + lead.end(), piece[1]) if lead else piece
        if piece[0] < piece[1]:
            kept.append(piece)
    while len(kept) > 1 and not _ends_address(cell.text[kept[-1][0] : kept[-1][1]], layout):
        kept.pop()
    if not kept:
        return None
    found = trimmed(cell.text, kept[0][0], kept[-1][1])
    found = _without_brackets(cell.text, *found)
    return found if looks_like_address(cell.text[slice(*found)], layout) else None


def _ends_address(text: str, layout: Layout) -> bool:
    """Return whether a piece may be the last of an address: a place, a street, a house number alone."""
    return bool(_HOUSE.match(text)) or looks_like_address(text, layout)


def pieces(cell: Cell, start: int, stop: int) -> list[tuple[int, int]]:
    """Return the ranges between separators, trimmed, none empty."""
    cuts = [start]
    for match in _CUTS.finditer(cell.text, start, stop):
        cuts += [match.start(), match.end()]
    cuts.append(stop)
    ranges = [trimmed(cell.text, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return [(a, b) for a, b in ranges if a < b]


def _is_labelled(cell: Cell, piece: tuple[int, int], layout: Layout) -> bool:
    return any(
        place.name in ("outlet_contact", "outlet_phone") and piece[0] <= place.start < piece[1]
        for place in label_places(cell, layout.labels)
    )


def looks_like_address(text: str, layout: Layout) -> bool:
    """Return whether a text may be an address: a place, a street word or a house number, and no sentence."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not "\u4e00" <= word[0] <= "\u9fff"]
    small = sum(word[0].islower() for word in words)
    if len(text) > LONGEST_ADDRESS or (len(words) > 3 and small > MOST_SMALL_WORDS * len(words)):
        return False
    if re.search(r"确认|维修|承担|负责|提供|本函|有效|出口|车辆|\bpage\b", text, re.I) or find_dates(text):
        return False
    named = layout.labels.places.find(text) or layout.labels.countries.find(text)
    return bool(named or _ADDRESS_WORD.search(text) or (words and re.search(r"\d", text)))
