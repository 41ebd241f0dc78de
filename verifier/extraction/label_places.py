"""Where labels stand in a cell: known ones, with their twins in other languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verifier.extraction.cells import BULLETS, Cell
from verifier.extraction.labels import Labels, name_by_words
from verifier.extraction.misread_labels import misread_label
from verifier.extraction.twin_labels import NAME_ENDED, after_label, behind_twin, with_twin
from verifier.formats.chinese import has_chinese
from verifier.formats.gazetteer import Mention
from verifier.formats.organisations import find_organisations

_BEFORE = re.compile(r"(?:^|[\s,，;；。.、(（【〔\[|/:：*" + BULLETS + r"-])$")
AFTER_COMMA = re.compile(r"[,，;；。]\s*$")
NUMBERING = re.compile(
    r"^\s*(?:(?:答复|回答|答|确认内容|回复|A|Answer|Ответ)\s*\d{0,2}\s*[:：]\s*)?[〔【\[]?(?:[(（]?(?:[A-ZА-Я]?-?\d{1,3}(?:\.\d{1,2})?|[一二三四五六七八九十]{1,3})[)）.、．:：\]】〕]|[①-⑳"
    + BULLETS
    + r"*-])?\s*$"
)
_MISREAD = str.maketrans({"曰": "日"})
"""Characters that print alike, as labels have them."""
_COLONS = (":", "：", "=", "〕", "】", "]")
_NAME_ENDS = ("公司", "中心", "单位", "网点", "服务站", "厂", "店")
"""What a name ends with: read without white, 服务公司 and 地址 look like the label 公司地址."""
_ATTRIBUTES = (
    "名称",
    "地址",
    "电话",
    "号码",
    "号",
    "日期",
    "联系人",
    "代号",
    "代码",
    "型号",
    "品牌",
    "方式",
    "国别",
    "国家",
    "网点",
)
_QUALIFIER = re.compile(r"\s*(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）.、．]?)?\s*[\u4e00-\u9fff、/／及]{1,10}")
"""Words that make a known label more exact, and nothing else: no colon, no value."""
_QUALIFIED = re.compile(rf"(?:^|[。；;，,])(?P<words>{_QUALIFIER.pattern})$")
"""The same at the beginning of a cell or of a clause: …。出口目的地国家：泰国."""
_ARTICLE = re.compile(r"\b(?:the|our|their|its|el|la|los|las|le|les|o|os|as|del|du|do|da)$", re.I)
_BEFORE_COLON = re.compile(
    r"(?:^|(?<=[，,;；。(（\s]))[(（]?(?:[\d一二三四五六七八九十]{1,3}[)）.、．])?\s*"
    r"(?P<label>[\u4e00-\u9fff][^，,;；。:：(（)）\d\s]{1,15}(?:\s*[/|]?\s*[^\W\d_\u4e00-\u9fff][^，,;；。:：(（)）\d\u4e00-\u9fff]{2,40}?)?|[^\W\d_\u4e00-\u9fff][^，,;；。:：(（)）\d\u4e00-\u9fff]{2,44}?)"
    r"\s*[:：]\s*"
)
"""Words before a colon that may be a label: at the start of a cell or behind a separator."""
_WHOLE_LABEL = re.compile(
    r"[\u4e00-\u9fff（）()、/]{2,12}\s*[/|]?\s*[^\W\d_\u4e00-\u9fff][^，,;；。:：\d\u4e00-\u9fff]{1,34}|"
    r"[\u4e00-\u9fff（）()、/]{2,12}|[^\W\d_\u4e00-\u9fff][^，,;；。:：\d\u4e00-\u9fff]{2,34}"
)
"""All of a short cell: Chinese words, words of another language, or both, the second a twin of the first."""
_REFERENCE = re.compile(r"(?=[^,，;；]*\d)[^\s,，;；]{4,}|\s*$")
_OF_LINES = ("outlet_address", "outlet_phone", "outlet_contact", "brand", "model", "registration_date", "transfer_date")
"""What lines of a cell begin with, no colon behind: 地址科特迪瓦…, 电话 +225…."""
_HOUSE = re.compile(
    r"\d{1,4}[A-Za-z]?[,，]\s+[^\W\d_]|\d{1,4}[A-Za-z]?[,，]?\s+(?:[^\W\d_][\w'’.-]*\s+){0,4}(?:Road|Rd|Street|St|Avenue|Ave|Boulevard|Lane|Drive|Way|Soi|Highway|Expressway)\b",
    re.I,
)
SURE_LABEL = 0.97
"""Confidence of a line's weakest character from which its words stand as read: plurals are no misread labels."""
LONGEST_KIND = 5
"""Characters of 出口公司, 生产厂: longer ones are names."""
_SHORT = 3
"""Labels of fewer characters (致, To, No.) count only at the start of a cell, Chinese words before a colon apart:
readers drop the white in "品牌：未来牌型号：WL6490"."""


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """A label in a cell: the label itself, and where its value would begin."""

    name: str
    start: int
    stop: int
    value_start: int
    marked: bool


def label_places(cell: Cell, labels: Labels) -> tuple[LabelPlace, ...]:
    """Return the labels in a cell: at its start, after a separator, or before a colon."""
    whole_cell = behind_twin(cell.text, labels)
    if whole_cell:
        return (LabelPlace(whole_cell.code, 0, whole_cell.stop, len(cell.text), False),)
    misread = _misread(cell, labels)
    if misread:
        return (LabelPlace(misread, 0, len(cell.text), len(cell.text), False),)
    found: list[LabelPlace] = []
    starts = cell.line_starts()
    for whole in labels.fields.find(cell.text.translate(_MISREAD)):
        mention = with_twin(cell.text, _after_name(cell.text, whole, labels))
        before = cell.text[: mention.start]
        after = after_label(cell.text, mention, labels)
        if found and mention.start < found[-1].value_start:
            continue  # the same label in another language
        first = bool(NUMBERING.match(before)) or _is_qualified(cell.text, mention, after.end())
        chinese = _is_chinese_word(cell.text[mention.start : mention.stop])
        is_sentence = after["mark"] == "is" and cell.text[mention.start].islower()  # "workshop is at"
        marked = (
            after["mark"] is not None
            and not is_sentence
            and (first or after["mark"] in _COLONS or not before[-1:].isascii())
        )
        begins = mention.start in starts and chinese and mention.code in _OF_LINES
        apart = first or begins or bool(_BEFORE.search(before))
        if after["mark"] in (";", "；") and not apart:
            marked = False  # 埃及远东汽车售后服务站；
        word = mention.code == "outlet_name" and not has_chinese(cell.text[mention.start])  # СТО «Меридиан»
        marked = marked or begins
        marked = marked or (apart and chinese and not word and cell.text[mention.stop : after.end()].isspace())
        short = mention.stop - mention.start < _SHORT and not (begins or (chinese and after["mark"] in (":", "：")))
        if mention.code == "number" and not first and not _REFERENCE.match(cell.text, after.end()):
            continue  # the No. of a house
        if mention.code == "number" and _HOUSE.match(cell.text, after.end()):
            continue  # No. 318 Sukhumvit Road
        if not first and _is_word_of_sentence(cell.text, mention, short=short):
            continue  # "may turn to:", "dealers in the country of destination:"
        listed = bool(AFTER_COMMA.search(before)) and chinese
        if first or (marked and not short) or (_BEFORE.search(before) and marked) or listed:
            name = _qualified_name(cell.text, mention, labels) if not NUMBERING.match(before) else mention.code
            found.append(LabelPlace(name, mention.start, mention.stop, after.end(), marked or listed))
    return tuple(found)


def _misread(cell: Cell, labels: Labels) -> str | None:
    """Return what a cell is about that is a label but for one letter, where that letter was not read surely."""
    doubtful = any(piece.confidence < SURE_LABEL for piece in cell.pieces)
    return misread_label(cell.text, labels.fields) if doubtful else None


def _is_word_of_sentence(text: str, mention: Mention, *, short: bool) -> bool:
    """Return whether a label in small letters is part of a sentence: behind an article, a short one behind any word."""
    before = text[: mention.start].rstrip()
    small = text[mention.start].islower() and text[mention.start : mention.start + 1] < "\u0530"
    return small and (bool(_ARTICLE.search(before)) or (short and before[-1:].isalpha()))


def _after_name(text: str, mention: Mention, labels: Labels) -> Mention:
    """Return the shorter label where the first word of a longer one ends the name before it: …服务公司地址：."""
    if mention.start == 0 or not "\u4e00" <= text[mention.start - 1] <= "\u9fff":
        return mention
    if text[: mention.start].endswith(_NAME_ENDS):
        return mention  # the name has ended: X公司网点地址
    for end in _NAME_ENDS:
        rest = text[mention.start + len(end) : mention.stop]
        inside = labels.fields.find(rest) if text.startswith(end, mention.start) else ()
        if inside and inside[0].stop == len(rest) and not rest[: inside[0].start].strip():
            return Mention(inside[0].code, mention.stop - len(rest.lstrip()), mention.stop)
    return mention


def _is_qualified(text: str, mention: Mention, value_start: int) -> bool:
    """Return whether a label that ends a cell or stands before a colon only has Chinese words before it:
    境外维修服务网点名称, 车辆注册登记日期.
    """
    ends = value_start >= len(text.rstrip()) or text[mention.stop : value_start].strip() in (":", "：")
    attribute = text[mention.start : mention.stop].endswith(_ATTRIBUTES)
    return ends and attribute and bool(_QUALIFIER.fullmatch(text[: mention.start]))


def _qualified_name(text: str, mention: Mention, labels: Labels) -> str:
    """Return what a label with words before it is about: 生产日期 is no letter's 日期."""
    words = _QUALIFIED.search(text[: mention.start])
    return (words and name_by_words(text[words.start("words") : mention.stop], labels)) or mention.code


def _is_chinese_word(label: str) -> bool:
    """Return whether a label is safe without a colon: Latin ones are ordinary words of running text, too."""
    return len(label) > 1 and not label[0].isascii()


def guessed_places(cell: Cell, known: tuple[LabelPlace, ...], labels: Labels) -> tuple[LabelPlace, ...]:
    """Return the labels in a cell that stand in no list and are known by their words.

    They stand before a colon, or are all that a short cell holds: 车辆去向, Exporter of record.
    """
    text = cell.text
    found = []
    for match in _BEFORE_COLON.finditer(text):
        start, stop = match.span("label")
        if any(place.start < match.end() and start < place.value_start for place in known):
            continue
        name = name_by_words(match["label"], labels) if not _is_named(match["label"]) else None
        if name:
            found.append(LabelPlace(name, start, stop, match.end(), True))
    whole = not known and not found and _WHOLE_LABEL.fullmatch(text) and not _is_named(text)
    name = name_by_words(text, labels) if whole else None
    if name:
        found.append(LabelPlace(name, 0, len(text), len(text), False))
    return tuple(found)


def _is_named(text: str) -> bool:
    """Return whether a text ends as names of companies do, which hold the words of labels, too."""
    words = text.split()
    titled = len(words) > 1 and all(word[:1].isupper() for word in words) and not text.isupper()
    if len(text) <= LONGEST_KIND:
        return False
    whole = any(one.formed and one.stop - one.start >= len(text) - 1 for one in find_organisations(text))
    return titled or bool(NAME_ENDED.search(text)) or whole


def is_label(cell: Cell, labels: Labels) -> bool:
    """Return whether a cell holds a label and nothing else."""
    places = label_places(cell, labels)
    return bool(places) and places[0].value_start >= len(cell.text.rstrip()) and len(places) == 1


def begins_with_label(cell: Cell, labels: Labels) -> bool:
    """Return whether a cell has labels of its own: then what stands left of it is a heading."""
    places = label_places(cell, labels)
    return (
        bool(places)
        and not cell.text[: places[0].start].strip(" 〔【[")
        and (places[0].marked or is_label(cell, labels))
    )


def trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return the range without outer spaces, separators, and brackets whose partners stand outside."""
    while start < stop and text[start] in " \t:：,，;；、.。|/)）】]〕":
        start += 1
    while stop > start and text[stop - 1] in " \t:：,，;；、。|/(（【[〔":
        stop -= 1
    return start, stop
