"""The letter's own number: under a label, behind a sign, alone at the head, or in a sentence."""

from __future__ import annotations

import re

from verifier.extraction.cells import Cell
from verifier.extraction.labelled import Labelled
from verifier.extraction.labels import Labels, name_by_words
from verifier.extraction.layout import Layout
from verifier.extraction.values import clean
from verifier.formats import vin as vins
from verifier.formats.dates import DateMention, find_dates
from verifier.letter import Field

_NUMBER = re.compile(
    r"(?:[(（〔\[【]\s*20\d\d\s*[)）〕\]】]\s+(?=[\u4e00-\u9fff]))?(?:[A-Za-zА-Я0-9\u4e00-\u9fff〔〕\[\]【】()（）{}\-—–_/\\.·№第号字]|(?<=[〕\]】])\s(?=第?\d)){3,40}"
)
_NUMBER_SIGN = re.compile(r"(?:N[°ºo]\.?|№|No\.)\s*[:：]?\s*(?=\S)", re.I)
_LOST_SIGN = re.compile(r"\s*N\s*[:：]")
"""№: before a number, of which a reader saw the N."""
_OWN_SIGN = re.compile(r"No\.(?=[A-Z0-9])")
"""编号：No.0012345: the sign is printed as a part of the number."""
_SIGNED = re.compile(
    r"\W*(?P<words>(?:[^\W\d_]+(?:['’-][^\W\d_]+)*(?:\.\s*|\s+|(?=[N№#]))){0,9})(?:N[°ºoe]\.?|N(?=\s*[:：])|№|No\.|Nr\.?|#)\s*[:：]?\s*"
    r"(?P<number>(?:[A-Za-zА-Я0-9\u4e00-\u9fff〔〕\[\]()（）/_.—–-]|(?<=[〕\]】])\s){5,40}?)\s*(?:(?:от|dated|vom|du)\s.*)?$",
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
_HOUSE = re.compile(r"\d{1,4}[A-Za-z]?(?:[,，]\s*|\s+)[^\W\d_]{2}")
"""A few figures and words behind No.: 201 Rustaveli Ave."""
_LONE_NUMBER = re.compile(
    r"(?:N[°ºoe]?\.?\s+|№\s*|[\u4e00-\u9fff]{1,8}字\s+)?[(（\[【]?\s*((?:[A-Za-z\u4e00-\u9fff]{1,12}|20\d\d[-/–—](?=[A-Za-z])|[(（〔]20\d\d[)）〕][\u4e00-\u9fff]{1,12})"
    r"(?:[A-Za-z0-9〔〕\[\]【】()（）\-—–/第字.]|(?<=[〕\]】])\s(?=第?\d)){4,28}号?)\s*[)）\]】]?"
)
"""A reference and nothing else: 京驰服函〔2026〕275号, 2026-SQC-0975, № X with its sign misread."""
_BEHIND_TITLE = re.compile(
    r"(?:确认|证明|承诺|保证)[书函件]?\s*[(（]?(?P<number>[A-Z][A-Za-z0-9\u4e00-\u9fff〔〕\[\]()（）—–/-]{4,28}?)[)）]?\s*$"
)
"""A number right behind what the paper is called: 主题：售后服务确认书FY售后〔2026〕12号."""
_DESIGNATION = re.compile(r"(?:[\u4e00-\u9fff]{1,8}牌?)?[A-Z]{1,4}[0-9]{3,5}[A-Z0-9]{0,14}")
_COMPOUND = re.compile(r"[A-Z]{1,6}(?:[-/–][A-Z0-9]{1,8}){2,5}|\S{2,20}字第?\d{1,6}号")
"""A number of letters and few figures in groups, or as an office counts its papers: HS-26-RU/KG-01, KW出维字第067号."""
_YEAR = re.compile(r"20[2-4]\d")
_OVER = re.compile(r"\d\s?号(?=[\u4e00-\u9fff]{2}|\s?20\d\d\s?[年./-])")
"""The end of a number that what stands beside it was read together with: 〔2026〕700号售后维修, …号2026年2月10日."""
SHORTEST_LABEL = 3
"""Characters of a label that is no part of a number: 出口目的国 is none, 日期 and 单位 may be."""
FEWEST_NUMBER_DIGITS, FEWEST_IN_GROUPS = 5, 2
"""A year and a serial; a serial alone, where groups or words tell that it is one."""
SHORT = 4
"""Characters of a number under which one of the full form that stands alone is the letter's: offices file it as 698."""
WHOLE_DAY = 0.5
"""Share of a text from which a day is what it says: CHUC-ASC-20260810 is a number, Date2026-03-12 none."""
TOP_SHARE = 0.4
"""An unlabelled reference number stands in the upper part of the first page."""


def find_number(layout: Layout) -> Field | None:
    """Return the letter's own number; "No." in a column or before a telephone is none.

    It stands on the first page; a label behind the text may name it on a later one.
    """
    inside = layout.in_tables()
    stated = [field for v in layout.values("number") if v.row not in inside and (field := _number_of(v, layout.labels))]
    first = [field for field in stated if field.page == layout.rows[0].page]
    lone = _lone_number(layout) if first and len(first[0].value) < SHORT else None
    found = lone or first[0] if first else _signed_number(layout) or _lone_number(layout) or _said_number(layout)
    return found or (stated[0] if stated and _looks_like_number(stated[0].value) else None)


def _signed_number(layout: Layout) -> Field | None:
    """Return the number behind a sign and words that are no label of another thing: File No. X, Регистрационный № X."""
    for _, cell in layout.cells_outside_tables():
        match = _SIGNED.match(cell.text) if cell.page == layout.rows[0].page else None
        if match and (match["words"].strip() or _LOST_SIGN.match(cell.text)):
            name = name_by_words(match["words"] + "No", layout.labels)
            other = {m.code for m in layout.labels.fields.find(match["words"])} - {"number"}
            if name in (None, "number") and not other and _looks_like_number(match["number"]):
                return cell.field(_number_value(match["number"]), *match.span("number"))
    return None


def _said_number(layout: Layout) -> Field | None:
    """Return the one number under which a sentence says that the letter is issued; None where there are several."""
    found = [
        (cell, match)
        for _, cell in layout.cells_outside_tables()
        for match in _ISSUED_UNDER.finditer(cell.text)
        if _looks_like_number(match["number"])
    ]
    if len({match["number"] for _, match in found}) != 1:
        return None
    cell, match = found[0]
    return cell.field(_number_value(match["number"]), *match.span("number"))


def _lone_number(layout: Layout) -> Field | None:
    """Return a reference in the upper part of the first page that stands alone, or behind the paper's title.

    It is in no table and no value of a label.
    """
    told = {id(value.cell) for value in layout.labelled if value.name != "number"}
    upper = [
        cell
        for _, cell in layout.cells_outside_tables()
        if cell.page == layout.rows[0].page and cell.box.y0 < TOP_SHARE
    ]
    cells = [cell for cell in upper if id(cell) not in told]
    for cell, match in [
        *((cell, _LONE_NUMBER.fullmatch(cell.text.strip())) for cell in cells),
        *((cell, found[0]) for cell in upper if (found := number_before_day(cell))),
        *((cell, _BEHIND_TITLE.search(cell.text)) for cell in cells),
    ]:
        if match and _looks_like_number(match[1]) and not _names_vehicle(match[1]):
            start = cell.text.index(match[1])
            return cell.field(_number_value(match[1]), start, start + len(match[1]))
    return None


def number_before_day(cell: Cell) -> tuple[re.Match[str], DateMention] | None:
    """Return the reference that a line begins with, and the day right behind it: SHA-SVC-2026-0289 2026.05.01 ….

    The number is the match's first group.
    """
    days = find_dates(cell.text)
    found = _LONE_NUMBER.fullmatch(cell.text[: days[0].start].strip()) if days else None
    if found is None or not _looks_like_number(found[1]) or _names_vehicle(found[1]):
        return None
    return found, days[0]


def _names_vehicle(text: str) -> bool:
    """Return whether a text is a vehicle's designation, with its brand or without: 长骏牌CQJ7357CHEV5."""
    return bool(_DESIGNATION.fullmatch(text)) and not _YEAR.search(text)


def _looks_like_number(text: str) -> bool:
    """Return whether a lone token is a reference: digits enough, some letters, neither a date nor a VIN."""
    digits = sum(character.isdigit() for character in text)
    letters = sum(character.isalpha() for character in text)
    fewest = FEWEST_IN_GROUPS if _COMPOUND.fullmatch(text) else FEWEST_NUMBER_DIGITS
    dated = any(WHOLE_DAY * len(text) <= day.stop - day.start for day in find_dates(text))
    return digits >= fewest and letters >= 1 and not dated and not vins.is_valid(text)


def _number_of(value: Labelled, labels: Labels) -> Field | None:
    lead = _NUMBER_SIGN.match(value.text) if not (value.marked and _OWN_SIGN.match(value.text)) else None
    match = _NUMBER.match(value.text, lead.end() if lead else 0)
    if not match or not any(character.isdigit() for character in match.group()):
        return None
    if _STREET.search(value.text) or (not value.marked and _HOUSE.match(value.text)):
        return None  # the No. of a house
    if vins.is_valid(match.group()) or (re.match(r"^[年月日\d.\-/]+$", match.group()) and find_dates(match.group())):
        return None
    over = _OVER.search(value.text, match.start(), match.end())
    start, stop = value.start + match.start(), value.start + (over or match).end()
    stop = start + _before_another_label(value.cell.text[start:stop], labels)
    return value.cell.field(_number_value(value.cell.text[start:stop]), start, stop)


def _before_another_label(text: str, labels: Labels) -> int:
    """Return where a number ends: before the label of something else that lost the white before it."""
    others = (m for m in labels.fields.find(text) if m.code != "number" and m.stop - m.start >= SHORTEST_LABEL)
    return next((m.start for m in others if any(map(str.isdigit, text[: m.start]))), len(text))


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
