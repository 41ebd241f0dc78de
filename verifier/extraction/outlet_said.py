"""What the parts of one outlet say: a value that holds two things (name and address, person and number) is divided."""

from __future__ import annotations

import re
from dataclasses import replace

from verifier.extraction.cells import BULLETS, Cell
from verifier.extraction.label_places import trimmed
from verifier.extraction.layout import Layout
from verifier.extraction.outlet_lists import by_lines
from verifier.extraction.outlet_looks import ITEM, PERSON, looks_like_address, pieces, split_name
from verifier.extraction.outlet_parts import balanced
from verifier.extraction.outlet_stretches import Part
from verifier.extraction.values import country_field, text_field
from verifier.formats.chinese import has_chinese
from verifier.formats.organisations import find_organisations, with_form_spelt
from verifier.formats.phones import AS_PHONE, find_phones
from verifier.letter import Field, ServiceOutlet

_NAME_OVER = re.compile(r"\s*[;；]|\s*[,，]\s*\.?\s*$")
"""Where a name is over: at a semicolon, whatever stands behind it, and at a loose comma."""
_PHONE_END = re.compile(
    r"[,.，;；。\s]*(?:(?:联系|服务)?(?:电话?|热线|手机)|\b(?:tel(?:ephone)?|phone|mobile|t[eé]l[eé](?:fono|phone)|тел(?:ефон)?)\b\.?)?"
    r"\s*(?:[:：]|\b(?:is|at|on|под номером)\s+)?\s*$",
    re.I,
)
_ADDRESS_WITHIN = re.compile(r"(?P<name>[^()（）]{4,40})[(（](?P<address>[^()（）]{8,60})[)）]\s*")
"""A name with its address in brackets: 奥尔坎汽车服务中心（阿尔及利亚阿尔及尔市工业区路158号）."""
_COUNTED = re.compile(r"(?:\d{1,2}|0\d[1-9])(?:[\s.、]+(?=\D)|(?=[\u4e00-\u9fff]{4}))")
_BULLET = re.compile(rf"[{BULLETS}①-⑳]\s*")
_IN_BRACKETS = re.compile(r"\s*[(（](?P<name>[^()（）]{4,40})[)）]$")
Group = dict[str, Part]


def is_person(name: str) -> bool:
    """Return whether a name is that of who signs the letter (Name: Chen Jianguo), not of a company."""
    return bool(PERSON.match(name)) and not find_organisations(name)


def is_place(text: str, layout: Layout) -> bool:
    named = (*layout.labels.places.find(text), *layout.labels.countries.find(text))
    return any(one.stop - one.start >= len(text.strip()) for one in named)


def outlet_of(group: Group, layout: Layout) -> ServiceOutlet:
    """Return the outlet; a value that holds two things (name and address, person and number) is divided."""
    fields: dict[str, Field | None] = {}
    if "name" in group:
        fields |= _name_and_address(group["name"], layout, alone="address" not in group)
        if group["name"].labelled and "phone" not in group:
            phone = _own_phone(group["name"].cell, group["name"].start, group["name"].stop)
            fields |= {"phone": phone} if phone else {}
    if "country" in group:
        part = group["country"]
        fields["country"] = country_field(part.cell, part.start, part.stop, layout)
    for key in ("address", "contact", "phone"):
        if key in group:
            said = _with_number(group[key])
            fields[key] = said[0] if key != "phone" else said[1] or said[0]
            if key != "address" and said[0] and said[1]:
                fields.setdefault("contact", said[0])
            if said[1]:
                fields.setdefault("phone", said[1])
    if name := fields.get("name"):
        fields["name"] = replace(name, value=with_form_spelt(name.value))
    return ServiceOutlet(**fields)


def _name_and_address(part: Part, layout: Layout, *, alone: bool) -> dict[str, Field | None]:
    cell, start, stop = part.cell, part.start, part.stop
    if part.labelled and alone and (boxed := _whole_outlet(cell, start, stop, layout)):
        return boxed
    if part.labelled and alone and len(pieces(cell, start, stop)) > 1:
        name, rest = split_name(cell, start, stop, layout)
        if rest and looks_like_address(cell.text[slice(*rest)], layout):
            return {"name": text_field(cell, *name), "address": text_field(cell, *rest)}
    over = _NAME_OVER.search(cell.text, start + 1, stop)
    stop = over.start() if over else stop
    counted = _COUNTED.match(cell.text, start, stop) or _BULLET.match(cell.text, start, stop)
    start = counted.end() if counted else start
    item = ITEM.match(cell.text, start, stop)
    within = _ADDRESS_WITHIN.fullmatch(cell.text, item.end() if item else start, stop) if alone else None
    if within and looks_like_address(within["address"], layout):
        return {"name": text_field(cell, *within.span("name")), "address": text_field(cell, *within.span("address"))}
    person = _IN_BRACKETS.search(cell.text, start, stop)
    whole = (
        any(start + one.stop >= person.end() for one in find_organisations(cell.text[start:stop])) if person else False
    )
    if person and not whole and is_person(person["name"]) and not is_place(person["name"], layout):
        return {"name": text_field(cell, start, person.start()), "contact": text_field(cell, *person.span("name"))}
    named = find_organisations(cell.text[start:stop])
    told = bool(named) and named[0].start == 0 and (named[0].formed or has_chinese(cell.text[start]))
    if part.labelled and told:  # X有限公司 Алексей Ковальчук
        behind = trimmed(cell.text, start + named[0].stop, stop)
        if is_person(cell.text[slice(*behind)]):
            return {"name": text_field(cell, start, start + named[0].stop), "contact": text_field(cell, *behind)}
    return {"name": text_field(cell, start, stop)}


def _whole_outlet(cell: Cell, start: int, stop: int, layout: Layout) -> dict[str, Field | None]:
    """Return what a box says that holds all of an outlet, its name, address and telephone; empty where it does not."""
    lines = by_lines(cell, start, stop, layout)
    if lines:
        return {key: text_field(cell, *found) for key, found in lines.items() if key != "phone"} | {
            "phone": phone_field(cell, *lines["phone"])
        }
    named, phones = find_organisations(cell.text[start:stop]), find_phones(cell.text[start:stop])
    if not named or not phones or named[0].start or phones[0].start < named[0].stop:
        return {}
    lead = _PHONE_END.search(cell.text[start : start + phones[0].start])
    between = trimmed(cell.text, start + named[0].stop, start + (lead.start() if lead else phones[0].start))
    if between[0] >= between[1] or not looks_like_address(cell.text[slice(*between)], layout):
        return {}
    return {
        "name": text_field(cell, start, start + named[0].stop),
        "address": text_field(cell, *between),
        "phone": phone_field(cell, start + phones[0].start, start + phones[0].stop),
    }


def _with_number(part: Part) -> tuple[Field | None, Field | None]:
    """Return (the words of a part, its telephone number), each None where there is none."""
    cell, start, stop = part.cell, part.start, balanced(part.cell.text, part.start, part.stop)
    phone = phone_field(cell, start, stop) if part.key != "address" else _own_phone(cell, start, stop)
    if phone is None:
        return text_field(cell, start, stop), None
    end = cell.text.find(phone.text, start, stop)
    before = _PHONE_END.search(cell.text[start:end])
    end = start + before.start() if before else end
    if end <= start and part.key != "address":  # the number first, the person behind it
        begin, last = trimmed(cell.text, cell.text.find(phone.text, start, stop) + len(phone.text), stop)
        words = "" if cell.text[begin : begin + 1] in ")）" else cell.text[begin:last].strip("()（） ")
        return (text_field(cell, begin, last) if words.replace(" ", "").isalpha() else None), phone
    return text_field(cell, start, end) if end > start else None, phone


def _own_phone(cell: Cell, start: int, stop: int) -> Field | None:
    """Return a telephone number that its own plus sign or label shows: house numbers are none."""
    for mention in find_phones(cell.text[start:stop]):
        return cell.field(mention.value, start + mention.start, start + mention.stop)
    return None


def phone_field(cell: Cell, start: int, stop: int) -> Field | None:
    """Return the first telephone number of a range, known to be one by its label."""
    for mention in find_phones(AS_PHONE + cell.text[start:stop]):
        begin = start + mention.start - len(AS_PHONE)
        return cell.field(mention.value, begin, begin + mention.stop - mention.start)
    return None
