"""The words that letters put before a value: loaded from models/, found in cells."""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from verifier.errors import ConfigurationError
from verifier.extraction.cells import Cell, Row
from verifier.extraction.product_labels import field_labels
from verifier.formats.countries import country_names
from verifier.formats.gazetteer import Gazetteer, Mention, fold

_FILES = ("labels.toml", "countries.csv", "cities.csv", "places.csv")
"""Names of places.csv, kept by hand, win over those of cities.csv."""
_BEFORE = re.compile(r"(?:^|[\s,，;；。.、(（【〔\[|/:：*•●◆■□-])$")
_AFTER_COMMA = re.compile(r"[,，;；。]\s*$")
_NUMBERING = re.compile(
    r"^\s*[〔【\[]?(?:[(（]?(?:[A-ZА-Я]?-?\d{1,3}(?:\.\d{1,2})?|[一二三四五六七八九十]{1,3})[)）.、．:：]|[①-⑳•●◆■□*-])?\s*$"
)
_AFTER = re.compile(
    r"\s*(?:[(（][^()（）:：]{1,24}[)）])?(?:\s*(?:No\.?\s*)?(?:\d{1,2}|[一二三四五六七八九十A-D])(?=\s*(?:[:：]|$)))?"
    r"(?:(?P<words>(?:\s*[/／|][^:：/／|\u4e00-\u9fff]{1,40}){1,3})(?=[:：]|$))?"
    r"\s*(?P<mark>[:：;；=〕】\]]|为|是|——?|is\b)?\s*"
)
"""What may follow a label: a bracket, its number ("网点1："), the same label in another language before the colon."""
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
)
_TWIN_WORDS = re.compile(r"[A-ZÀ-ÝА-Я][\w'’.°-]*(?:\s+(?:[a-zà-ÿа-я]|d['’])[\w'’.-]*)*\s*$")
"""A label in another language that a bracket with a known one follows: Date d'immatriculation（注册日期）."""
_QUALIFIER = re.compile(r"\s*(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）.、．]?)?\s*[\u4e00-\u9fff、/／及]{1,10}")
"""Words that make a known label more exact, and nothing else: no colon, no value."""
FEWEST_OVER, UNDER = 2, 0.03
"""Labels side by side whose values may stand under them; share of the page width by which those may stand aside."""
TWIN = re.compile(r"(?<=[\u4e00-\u9fff])\s*[/／|][^:：\d\u4e00-\u9fff]{2,40}$")
"""What ends a cell after a Chinese label and a stroke: the label in another language, known or not."""
_STATED_ONCE = ("number", "exporter", "export_country", "addressee", "issuer", "issued_on", "valid_until")
UNDER_LABEL = 0.08
"""Share of the page width by which a value may stand in from the label over it."""
_SHORT = 3
"""Labels of fewer characters (致, To, No.) count only at the start of a cell, Chinese words before a colon apart:
readers drop the white in "品牌：未来牌型号：WL6490"."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Everything extraction knows about words, as data."""

    version: str
    kinds: Mapping[str, Gazetteer]
    title_words: Mapping[str, tuple[tuple[str, ...], ...]]
    fields: Gazetteer
    destinations: tuple[str, ...]
    outlet_sections: tuple[str, ...]
    inner_headings: tuple[str, ...]
    countries: Gazetteer
    places: Gazetteer

    @classmethod
    def load(cls, folder: Path) -> Labels:
        """Return the labels, countries and places of a models folder.

        Raises ConfigurationError where a file is missing or not as it should be.
        """
        try:
            contents = {name: (folder / name).read_bytes() for name in _FILES}
            table = tomllib.loads(contents["labels.toml"].decode())
            names = [_pairs(contents[name].decode()) for name in _FILES[1:]]
            return cls(
                version=hashlib.sha256(b"".join(contents.values())).hexdigest()[:12],
                kinds={kind: Gazetteer.of((word, kind) for word in words) for kind, words in table["kinds"].items()},
                title_words={
                    kind: tuple(tuple(map(fold, group)) for group in groups)
                    for kind, groups in table["title_words"].items()
                },
                fields=Gazetteer.of(field_labels(table["product_labels"], table["fields"])),
                destinations=tuple(fold(words) for words in table["sentences"]["destination"]),
                outlet_sections=tuple(fold(words) for words in table["sentences"]["outlet_section"]),
                inner_headings=tuple(fold(words) for words in table["sentences"]["inner_heading"]),
                countries=country_names(names[0]),
                places=Gazetteer.of([*names[1], *names[2]]),
            )
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
            raise ConfigurationError(f"models folder: {error}") from error


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(row["name"], row["code"]) for row in csv.DictReader(text.splitlines())]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value with its label: characters `start` to `stop` of `cell`.

    `row` is the number of the label's row; `marked` tells whether a colon or the like stood between.
    """

    name: str
    cell: Cell
    start: int
    stop: int
    row: int
    marked: bool
    label_cell: Cell
    label_start: int

    @property
    def text(self) -> str:
        """The value as it stands there."""
        return self.cell.text[self.start : self.stop]


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
    found: list[LabelPlace] = []
    for whole in labels.fields.find(cell.text.translate(_MISREAD)):
        mention = _with_twin(cell.text, _after_name(cell.text, whole, labels))
        before = cell.text[: mention.start]
        after = _after_label(cell.text, mention, labels)
        if found and mention.start < found[-1].value_start:
            continue  # the same label in another language
        first = bool(_NUMBERING.match(before)) or _is_qualified(cell.text, mention, after.end())
        chinese = _is_chinese_word(cell.text[mention.start : mention.stop])
        marked = after["mark"] is not None and (first or after["mark"] in _COLONS or not before[-1:].isascii())
        apart = first or bool(_BEFORE.search(before))
        marked = marked or (apart and chinese and cell.text[mention.stop : after.end()].isspace())
        short = mention.stop - mention.start < _SHORT and not (chinese and after["mark"] in (":", "："))
        listed = bool(_AFTER_COMMA.search(before)) and chinese
        if first or (marked and not short) or (_BEFORE.search(before) and marked) or listed:
            found.append(LabelPlace(mention.code, mention.start, mention.stop, after.end(), marked or listed))
    return tuple(found)


def _after_label(text: str, mention: Mention, labels: Labels) -> re.Match[str]:
    """Return what follows a label; words after strokes are its twins unless they are a label of another kind.

    At the end of a cell one of them must be known: what follows 品牌 / is else a value.
    """
    after = _AFTER.match(text, mention.stop)
    assert after is not None  # every part of the pattern is optional
    if after["words"]:
        twins = labels.fields.find(after["words"])
        at_end = after.end("words") == len(text)
        if any(not _are_twins(mention, other) for other in twins) or (at_end and not twins):
            after = _AFTER.match(text, mention.stop, after.start("words"))
            assert after is not None
    return after


def _are_twins(one: Mention, other: Mention) -> bool:
    """Return whether two labels are about one thing: 型号 / Марка, модель names the brand with the designation."""
    sorts = {_sort(one), _sort(other)}
    return len(sorts) == 1 or sorts in ({"model", "brand_model"}, {"brand", "brand_model"})


def _sort(mention: Mention) -> str:
    """Return what a label is about: 联系人 / Contacto names a person, whatever else the second may stand for."""
    return "outlet_contact" if mention.code == "contact_and_phone" else mention.code


def _after_name(text: str, mention: Mention, labels: Labels) -> Mention:
    """Return the shorter label where the first word of a longer one ends the name before it: …服务公司地址：."""
    if mention.start == 0 or not "\u4e00" <= text[mention.start - 1] <= "\u9fff":
        return mention
    for end in _NAME_ENDS:
        rest = text[mention.start + len(end) : mention.stop]
        inside = labels.fields.find(rest) if text.startswith(end, mention.start) else ()
        if inside and inside[0].stop == len(rest) and not rest[: inside[0].start].strip():
            return Mention(inside[0].code, mention.stop - len(rest.lstrip()), mention.stop)
    return mention


def _with_twin(text: str, mention: Mention) -> Mention:
    """Return a label that stands in brackets with those and with its twin in another language before them."""
    opened, closed = text[: mention.start].rstrip(), text[mention.stop :].lstrip()
    if not (opened.endswith(("(", "（")) and closed.startswith((")", "）"))):
        return mention
    twin = _TWIN_WORDS.search(opened[:-1])
    if twin is None:
        return mention
    return Mention(mention.code, twin.start(), len(text) - len(closed) + 1)


def _is_qualified(text: str, mention: Mention, value_start: int) -> bool:
    """Return whether a label that ends a cell or stands before a colon only has Chinese words before it:
    境外维修服务网点名称, 车辆注册登记日期.
    """
    ends = value_start >= len(text.rstrip()) or text[mention.stop : value_start].strip() in (":", "：")
    attribute = text[mention.start : mention.stop].endswith(_ATTRIBUTES)
    return ends and attribute and bool(_QUALIFIER.fullmatch(text[: mention.start]))


def _is_chinese_word(label: str) -> bool:
    """Return whether a label is safe without a colon: Latin ones are ordinary words of running text, too."""
    return len(label) > 1 and not label[0].isascii()


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


def labelled_values(rows: tuple[Row, ...], labels: Labels) -> tuple[Labelled, ...]:
    """Return every labelled value: behind its label in the same cell, else in the cell to the right."""
    found = []
    for number, row in enumerate(rows):
        for index, cell in enumerate(row.cells):
            last = index == len(row.cells) - 1
            right = (
                _value_below(cell, rows[number + 1 : number + 2], labels) if last else row.cells[index + 1 : index + 2]
            )
            found += _values_in(cell, right, number, labels)
        found += _values_under(number, rows, labels)
    return tuple(found)


def _values_under(number: int, rows: tuple[Row, ...], labels: Labels) -> list[Labelled]:
    """Return the values under a row of nothing but labels, each under its own: cards, and forms of many rows."""
    row, below = rows[number], rows[number + 1 : number + 2]
    if len(row.cells) < FEWEST_OVER or not below or not all(is_label(cell, labels) for cell in row.cells):
        return []
    if any(label_places(cell, labels) for cell in below[0].cells):
        return []
    found = []
    for cell in row.cells:
        under = next((c for c in below[0].cells if abs(c.box.x0 - cell.box.x0) < UNDER), None)
        if under:
            place, (start, stop) = label_places(cell, labels)[0], trimmed(under.text, 0, len(under.text))
            found.append(Labelled(place.name, under, start, stop, number, True, cell, place.start))
    return found


def _value_below(cell: Cell, following: tuple[Row, ...], labels: Labels) -> tuple[Cell, ...]:
    """Return the lone cell under a line that ends with a label and its colon, over a page break, say; or under a
    lone label of what a letter states once.
    """
    if not following or len(following[0].cells) > 1:
        return ()
    below, places = following[0].cells[0], label_places(cell, labels)
    if not places or places[-1].value_start < len(cell.text.rstrip()) or label_places(below, labels):
        return ()
    ends = len(places) > 1 and cell.text.rstrip().endswith((":", "："))
    over = len(places) == 1 and places[0].name in _STATED_ONCE and 0 <= below.box.x0 - cell.box.x0 < UNDER_LABEL
    return (below,) if ends or over else ()


def _values_in(cell: Cell, right: tuple[Cell, ...], row: int, labels: Labels) -> list[Labelled]:
    places = label_places(cell, labels)
    found = []
    for place, following in zip_longest(places, places[1:]):
        stop = following.start if following else len(cell.text)
        sentence = cell.text.find("。", place.value_start, stop)
        stop = sentence if sentence >= 0 else stop
        start, stop = trimmed(cell.text, place.value_start, stop)
        twin = right and not place.marked and TWIN.match(cell.text, place.stop)
        if any(map(str.isalnum, cell.text[start:stop])) and not twin:
            first = bool(_NUMBERING.match(cell.text[: place.start])) and _may_lead(cell.text, place, start, stop)
            if place.marked or first or _AFTER_COMMA.search(cell.text[: place.start]):
                found.append(Labelled(place.name, cell, start, stop, row, place.marked, cell, place.start))
        elif following is None and right and not begins_with_label(right[0], labels):
            start, stop = trimmed(right[0].text, 0, len(right[0].text))
            found.append(Labelled(place.name, right[0], start, stop, row, True, cell, place.start))
    return found


def _may_lead(text: str, place: LabelPlace, start: int, stop: int) -> bool:
    """Return whether an unmarked label leads to a value: "Model BT1040D" does, "Vehicle shipped to Ghana" does not."""
    if place.name not in ("brand", "model", "brand_model") or not text[place.start].isascii():
        return True
    return any(map(str.isdigit, text[start:stop]))


def trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return the range without outer spaces and separators."""
    while start < stop and text[start] in " \t:：,，;；、.。|/":
        start += 1
    while stop > start and text[stop - 1] in " \t:：,，;；、。|/":
        stop -= 1
    return start, stop
