"""The letter's own particulars: number, dates, stated count of vehicles, page footers."""

from __future__ import annotations

import calendar
import re
from collections.abc import Container
from datetime import date, timedelta

from verifier.extraction.cells import Cell
from verifier.extraction.issuing_words import (
    BARE_LEAD,
    HEAD_PLACE,
    ISSUING,
    PLACE_BEHIND,
    PLACED,
    REFERENCE_DATED,
    SIGNED_ON,
)
from verifier.extraction.labelled import Labelled
from verifier.extraction.labels import name_by_words
from verifier.extraction.layout import Layout
from verifier.extraction.tables import VIN
from verifier.extraction.values import clean, date_field
from verifier.formats import vin as vins
from verifier.formats.dates import DateMention, find_dates
from verifier.formats.names import LEGAL_FORM
from verifier.letter import Field

_NUMBER = re.compile(r"[A-Za-zА-Я0-9\u4e00-\u9fff〔〕\[\]【】()（）{}\-—–_/\\.·№第号字]{3,40}")
_NUMBER_SIGN = re.compile(r"(?:N[°ºo]\.?|№|No\.)\s*[:：]?\s*(?=\S)", re.I)
_SIGNED = re.compile(
    r"\W*(?P<words>(?:[^\W\d_]+(?:['’-][^\W\d_]+)*(?:\.\s*|\s+|(?=[N№#]))){0,9})(?:N[°ºo]\.?|№|No\.|Nr\.?|#)\s*[:：]?\s*(?P<number>[A-Za-zА-Я0-9\u4e00-\u9fff〔〕\[\]()（）/_.—–-]{5,40})\s*$",
    re.I,
)
_ISSUED_UNDER = re.compile(
    r"(?:issued|registered|filed|recorded|numbered|expid\w+|emit\w+|registr\w+|expedid\w+|extend\w+|otorg\w+|const\w+|certif\w+|delivr\w+|délivr\w+|établi\w*"
    r"|enregistr\w+|passad\w+|lavrad\w+|выда\w+|зарегистрир\w+|оформлен\w*|cấp|đăng ký|出具|签发|登记|编)\s*"
    r"(?:with\s+us\s*|by\s+us\s*)?"
    r"(?:под|за|under|with|as|con|bajo|sous|sob|com|avec|với|mang)?\s*(?:the|el|la|le|o|a|исходящим|our)?\s*"
    r"(?:number|reference|ref\.?|n[úu]mero|numéro|referencia|référence|referência|номером|номер"
    r"|mã số|số|编号|文号|N[.°ºo]+|№|No\.?)\s*(?:No\.?|№|N[°º])?[:：为]?\s*"
    r"(?P<number>(?-i:[A-Z0-9\u4e00-\u9fff〔〕\[\]()（）/_.—–-]*?\d[A-Z0-9〔〕\[\]()（）/_—–-]*(?:号(?![\u4e00-\u9fff]))?))(?=[\s,.，。;；a-zа-яñ]|$)",
    re.I,
)
"""Se expide con el número X, issued under No. X, выдано за № X."""
_STREET = re.compile(r"\d.{0,40}?(?:Road|Street|Avenue|Boulevard|Industrial|District|Building)", re.S)
_DURATION = re.compile(
    r"(?P<count>\d{1,3}|[一二三四五六七八九十半]{1,3})\s*(?:个|個)?\s*(?P<unit>年|月|日|天|years?|months?|days?|лет|год[а]?|месяц\w*|дн\w+)",
    re.I,
)
_PERIOD = re.compile(
    rf"(?:自[^，,。；;]{{2,12}}起\s*{_DURATION.pattern}\s*(?:之)?内?\s*有效|valid\s+for\s+(?:a\s+period\s+of\s+)?"
    rf"{_DURATION.pattern.replace('?P<count>', '?P<count2>').replace('?P<unit>', '?P<unit2>')})",
    re.I,
)
_HAN_COUNT = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_COUNT = re.compile(
    r"(?:共计|共|合计|总计|数量(?:为)?[:：]?|以下|下列|下述|上列|所列|上述|计|total(?:\s*of)?|following|в\s*количестве)\s*[:：]?\s*"
    r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:\(\w+\)\s*)?(?:辆|台|部|units?|vehicles?|cars?|sets?|единиц|автомобил\w*)",
    re.I,
)
_OF_MODEL = re.compile(r"牌\s*[A-Z]{1,4}[A-Z0-9/-]{3,20}\s*(?:型\w{0,4})?\s*[，,、:：]?\s*$")
"""The brand and designation of a list of vehicles, whose count follows."""
_PAGES = (
    re.compile(r"第\s*(?P<x>\d{1,3})\s*页\s*[,，/、(（]?\s*共\s*(?P<y>\d{1,3})\s*页"),
    re.compile(r"共\s*(?P<y>\d{1,3})\s*页\s*[,，/、]?\s*第\s*(?P<x>\d{1,3})\s*页"),
    re.compile(r"page\s*(?P<x>\d{1,3})\s*(?:of|/)\s*(?P<y>\d{1,3})", re.I),
    re.compile(r"(?:стр\w*\.?)\s*(?P<x>\d{1,3})\s*(?:из|/)\s*(?P<y>\d{1,3})", re.I),
    re.compile(r"^\s*[-–—]?\s*(?P<x>\d{1,2})\s*/\s*(?P<y>\d{1,2})\s*[-–—]?\s*$"),
)
_LONE_NUMBER = re.compile(
    r"[(（\[【]?\s*([A-Za-z\u4e00-\u9fff]{1,12}[A-Za-z0-9〔〕\[\]【】()（）\-—–/第字.]{4,28}号?)\s*[)）\]】]?"
)
_VALID = re.compile(
    r"有效|期限|失效|到期|终止|截止|届满|\bends?\b|\buntil\b|\bvalid|\blaps\w+|\bexpir\w+|\bin force\b|\beffective\b"
    r"|действ\w+|срок\w*|истека\w+|valab\w+|expire\w*|v[áa]lid\w+|vigen\w+"
    r"|vigor\b|expir\w+|vence\w*|caduc\w+|hi[ệe]u l[ựu]c|صالح\w*|سار",
    re.I,
)
"""Words that speak of how long a letter holds, in whatever sentence."""
_SENTENCE = re.compile(r"[^。;；]+")
_OTHER_DATES = ("registration_date", "transfer_date", "valid_until")
TOP_ROWS, DATED_ROWS, LONGEST_LEAD = 8, 12, 80
"""Rows from the head, and before the end, among which a paper is dated; characters of what leads to the date."""
LONGEST_PLACE = 40
"""Characters of a place before the date that is told by a comma or a known town alone."""
CLOSING_ROWS = 8
LONGEST_CLOSING = 60
"""Characters of a line that holds the signing name and the date."""
NEAR_DATE = 28
"""Characters after "valid until" within which the date stands."""
FEWEST_NUMBER_DIGITS = 5
"""A year and a serial."""
TOP_SHARE = 0.4
"""An unlabelled reference number stands in the upper part of the first page."""


def find_number(layout: Layout) -> Field | None:
    """Return the letter's own number; "No." in a column or before a telephone is none.

    It stands on the first page; a label behind the text may name it on a later one.
    """
    stated = [field for value in layout.values("number") if (field := _number_of(value))]
    first = [field for field in stated if field.page == layout.rows[0].page]
    found = first[0] if first else _signed_number(layout) or _lone_number(layout) or _said_number(layout)
    return found or (stated[0] if stated and _looks_like_number(stated[0].value) else None)


def _signed_number(layout: Layout) -> Field | None:
    """Return the number behind a sign and words that are no label of another thing: File No. X, Регистрационный № X."""
    tables = layout.table_rows("vehicles") | layout.table_rows("outlets")
    for number, cell in layout.cells():
        match = _SIGNED.match(cell.text) if number not in tables and cell.page == layout.rows[0].page else None
        if match and match["words"].strip():
            name = name_by_words(match["words"] + "No", layout.labels)
            other = {m.code for m in layout.labels.fields.find(match["words"])} - {"number"}
            if name in (None, "number") and not other and _looks_like_number(match["number"]):
                return cell.field(_number_value(match["number"]), *match.span("number"))
    return None


def _said_number(layout: Layout) -> Field | None:
    """Return the one number under which a sentence says that the letter is issued; None where there are several."""
    tables = layout.table_rows("vehicles") | layout.table_rows("outlets")
    found = [
        (cell, match)
        for number, cell in layout.cells()
        if number not in tables
        for match in _ISSUED_UNDER.finditer(cell.text)
        if _looks_like_number(match["number"])
    ]
    if len({match["number"] for _, match in found}) != 1:
        return None
    cell, match = found[0]
    return cell.field(_number_value(match["number"]), *match.span("number"))


def _lone_number(layout: Layout) -> Field | None:
    """Return a reference that stands alone in the upper part of the first page: in no table, no value of a label."""
    told = {id(value.cell) for value in layout.labelled if value.name != "number"}
    tables = layout.table_rows("vehicles") | layout.table_rows("outlets")
    for _, cell in (pair for pair in layout.cells() if pair[0] not in tables and id(pair[1]) not in told):
        match = _LONE_NUMBER.fullmatch(cell.text.strip())
        if (
            match
            and cell.page == layout.rows[0].page
            and cell.box.y0 < TOP_SHARE
            and _looks_like_number(match.group(1))
        ):
            start = cell.text.index(match.group(1))
            return cell.field(_number_value(match.group(1)), start, start + len(match.group(1)))
    return None


def _looks_like_number(text: str) -> bool:
    """Return whether a lone token is a reference: digits enough, some letters, neither a date nor a VIN."""
    digits = sum(character.isdigit() for character in text)
    letters = sum(character.isalpha() for character in text)
    return digits >= FEWEST_NUMBER_DIGITS and letters >= 1 and not find_dates(text) and not vins.is_valid(text)


def _number_of(value: Labelled) -> Field | None:
    lead = _NUMBER_SIGN.match(value.text)
    match = _NUMBER.match(value.text, lead.end() if lead else 0)
    if not match or not any(character.isdigit() for character in match.group()):
        return None
    if _STREET.search(value.text):
        return None  # the No. of a house
    if vins.is_valid(match.group()) or (re.match(r"^[年月日\d.\-/]+$", match.group()) and find_dates(match.group())):
        return None
    start, stop = value.start + match.start(), value.start + match.end()
    return value.cell.field(_number_value(value.cell.text[start:stop]), start, stop)


def _number_value(text: str) -> str:
    """Return a number without spaces, and without a bracket whose partner stands outside."""
    value = clean(text).replace(" ", "")
    for left, right in ("()", "[]", "【】", "〔〕"):
        value = value.rstrip(left)
        if value.startswith(left) and value.endswith(right) and _is_balanced(value[1:-1], left, right):
            value = value[1:-1]
        if value.endswith(right) and value.count(right) > value.count(left):
            value = value[:-1]
        if value.startswith(left) and value.count(left) > value.count(right):
            value = value[1:]
        if value.startswith(left) and value.endswith(right) and value.count(left) == 1:
            value = value[1:-1]
    return value


def _is_balanced(text: str, left: str, right: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == left) - (character == right)
        if depth < 0:
            return False
    return depth == 0


def find_issue_date(layout: Layout) -> Field | None:
    """Return the date the letter was signed: the last one standing alone or labelled outside vehicle rows."""
    stated = [(v.listed, date_field(v.cell, v.start, v.stop)) for v in layout.values("issued_on")]
    labelled = [field for listed, field in stated if field and listed]
    guessed = [field for listed, field in stated if field and not listed]
    vehicles = layout.table_rows("vehicles")
    others = {id(value.cell) for name in _OTHER_DATES for value in layout.values(name)}
    alone = [
        field
        for number, cell in layout.cells()
        if number not in vehicles
        and id(cell) not in others
        and _stands_alone(cell)
        and (field := date_field(cell, 0, len(cell.text)))
    ]
    dated = [] if labelled or alone else _dated_at_a_place(layout, vehicles)
    for found in (labelled, alone, dated, guessed):
        if found:
            return max(found, key=lambda field: (field.page, field.box.centre[1] if field.box else 0.0))
    return _signed_with_name(layout)


def _dated_at_a_place(layout: Layout, vehicles: Container[int]) -> list[Field]:
    """Return dates near a letter's ends that a place or a word of issuing leads to: "Tianjin, 12 March 2026"."""
    last = len(layout.rows)
    found = []
    for number, cell in layout.cells():
        dates = find_dates(cell.text)
        if number in vehicles or TOP_ROWS < number < last - DATED_ROWS or not dates:
            continue
        if number <= TOP_ROWS and _begins_with_place(cell.text, dates[0]):
            field = date_field(cell, dates[0].start, dates[0].stop)
            found += [field] if field else []
        if len(dates) != 1:
            continue
        lead = cell.text[: dates[0].start].strip()
        behind = cell.text[dates[0].stop :].strip(" .。日гГ")
        placed = not lead and bool(PLACE_BEHIND.fullmatch(cell.text, dates[0].stop))
        if placed or (lead and not behind and len(lead) <= LONGEST_LEAD and _leads_to_issue(lead, layout)):
            field = date_field(cell, dates[0].start, dates[0].stop)
            found += [field] if field else []
    return found


def _begins_with_place(text: str, first: DateMention) -> bool:
    """Return whether a paragraph begins with where and when it is written: En Tianjin, el 12 de marzo de 2026, X …"""
    lead = text[: first.start].strip()
    return bool(HEAD_PLACE.match(lead) and PLACED.fullmatch(lead)) and text[first.stop :].lstrip()[:1] in (
        ",",
        "，",
        ".",
    )


def _leads_to_issue(lead: str, layout: Layout) -> bool:
    """Return whether words before a date say where or that a paper was made, and are no other date's label."""
    if any(form.fullmatch(lead) for form in (ISSUING, SIGNED_ON, BARE_LEAD, REFERENCE_DATED)):
        return True
    if any(character.isdigit() or character in ":：" for character in lead) or layout.labels.fields.find(lead):
        return False
    if len(lead) > LONGEST_PLACE:
        return bool(PLACED.fullmatch(lead))
    return lead[-1] in ",，市省" or bool(layout.labels.places.find(lead)) or bool(PLACED.fullmatch(lead))


def _stands_alone(cell: Cell) -> bool:
    found = find_dates(cell.text)
    return len(found) == 1 and len(cell.text.strip()) - (found[0].stop - found[0].start) <= 2


def _signed_with_name(layout: Layout) -> Field | None:
    """Return the last date in the closing rows, where it shares a short cell with the name that signs."""
    for row in reversed(layout.rows[-CLOSING_ROWS:]):
        for cell in row.cells:
            found = find_dates(cell.text)
            if found and len(cell.text) <= LONGEST_CLOSING and LEGAL_FORM.search(cell.text):
                return date_field(cell, found[-1].start, found[-1].stop)
    return None


def find_validity(layout: Layout, issued_on: Field | None) -> Field | None:
    """Return the last day of validity, stated as a date or as a time from the day of issue."""
    for value in layout.values("valid_until"):
        dates = find_dates(value.text)
        if dates:
            last = dates[-1]
            return value.cell.field(
                last.value.isoformat(),
                value.start + last.start,
                value.start + last.stop,
                doubt="ambiguous" if last.ambiguous else None,
            )
        duration = _DURATION.search(value.text)
        if duration and issued_on:
            until = _after(date.fromisoformat(issued_on.value), duration)
            return value.cell.field(until.isoformat(), value.start + duration.start(), value.start + duration.end())
    return _validity_in_sentence(layout, issued_on)


def _validity_in_sentence(layout: Layout, issued_on: Field | None) -> Field | None:
    """Return the date right after the words "valid until" in running text, or the end of a stated period."""
    for cell in layout.flow:
        for mention in layout.labels.fields.find(cell.text):
            if mention.code == "valid_until":
                field = date_field(cell, mention.stop, min(mention.stop + NEAR_DATE, len(cell.text)))
                if field:
                    return field
        period = _PERIOD.search(cell.text)
        if period and issued_on:
            until = _after(date.fromisoformat(issued_on.value), period)
            return cell.field(until.isoformat(), period.start(), period.end())
    return _validity_by_words(layout, issued_on)


def _validity_by_words(layout: Layout, issued_on: Field | None) -> Field | None:
    """Return the last date of a sentence that speaks of validity, if the letter is older than that date."""
    vehicles = layout.table_rows("vehicles")
    for number, cell in layout.cells():
        for sentence in _SENTENCE.finditer(cell.text) if number not in vehicles else ():
            dates = find_dates(sentence.group()) if _VALID.search(sentence.group()) else ()
            if dates and (issued_on is None or dates[-1].value.isoformat() > issued_on.value):
                start = sentence.start()
                return date_field(cell, start + dates[-1].start, start + dates[-1].stop)
    return None


def _after(start: date, duration: re.Match[str]) -> date:
    groups = duration.groupdict()
    count = _count(groups["count"] or groups["count2"])
    unit = str(groups["unit"] or groups["unit2"]).lower()
    if unit in ("日", "天") or unit.startswith(("day", "дн")):
        return start + timedelta(days=count)
    months = count * 12 if unit == "年" or unit.startswith(("year", "год", "лет")) else count
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _count(text: str) -> int:
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
        if match and _count(match["count"]):
            before = cell.text[: match.start()]
            found.append((cell, match, bool(VIN.search(before) or _OF_MODEL.search(before))))
    if not found:
        return None
    whole = [(cell, match) for cell, match, of_list in found if not of_list]
    cell, match = whole[0] if whole else found[0][:2]
    total = _count(match["count"]) if whole else sum(_count(one["count"]) for _, one, _ in found)
    return cell.field(str(total), match.start(), match.end())


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
