"""What cells say of a vehicle: brand and designation told apart, dates, destination."""

from __future__ import annotations

import re
from dataclasses import replace

from verifier.extraction.brands import AMID_CHINESE
from verifier.extraction.cells import Cell
from verifier.extraction.designations import MODEL, designations, find_models
from verifier.extraction.layout import Layout
from verifier.extraction.table_heads import VIN
from verifier.extraction.values import country_field, date_field, text_field
from verifier.formats.dates import find_dates
from verifier.letter import Field

_BRAND_MODEL = re.compile(
    rf"^(?:\d{{1,3}}\s*(?=[\u4e00-\u9fff]))?(?P<brand>(?:[^A-Za-z0-9]|{AMID_CHINESE})*?[牌]|[\u4e00-\u9fff]{{2,8}}|[A-Za-z]+(?=[\s/(（]))"
    r"[\s/、,，·-]*(?P<model>.*[A-Za-z0-9].*)$"
)
_SERIAL = re.compile(r"^\d{1,3}[\s.、]*(?=[\u4e00-\u9fff]{2})")
"""The serial number of a table's row, read as one with the brand beside it: 15 江沅."""
_BRAND_WITH_MODEL = re.compile(r"(?:[\u4e00-\u9fff—-]{1,10}\s?|[A-Z][A-Za-z-]{1,20}\s)[A-Z]{2,4}[0-9]{4}[A-Z0-9]{0,10}")
"""A cell of brands that its neighbour was read together with: 日昇DRS1000PHEV1, HAOCHI HCA6848D5."""
_MAKE_MODEL = re.compile(
    r"(?P<brand>[^\W\d][\w-]{1,20})\s+(?:Model|Type|Modelo|Modèle)\s+(?P<model>(?=\S*\d)[\w/-]{4,20})"
    r"|(?P<zh>[\u4e00-\u9fff—-]{1,8}牌)\s*(?:车辆|产品|公告)?(?:型号|车型)\s?(?P<named>(?=[A-Z/-]*\d)[A-Z][A-Z0-9/-]{3,20})(?:[\u4e00-\u9fff\s].*)?",
    re.I | re.S,
)
"""A brand and, behind a label without a colon, its designation: HAITUO Model HTX5030XXY, 云马牌型号YMA6460E2."""
_BRAND_FIRST = re.compile(r"^\s*[\u4e00-\u9fff—-]{1,10}牌\s*(?=.*[A-Za-z0-9])")
"""A brand before the designation in a column or after a label that says 型号 alone."""
_LATIN_BRAND = re.compile(r"^[A-Za-z][A-Za-z -]*\s(?=[A-Z]{1,5}\d\S*$)")
"""The brand once more in Latin letters: 朔方牌 SHUOFANG SF2031."""
_BRAND_AGAIN = re.compile(
    r"^[\s/、,，·-]*(?:[(（]\s*(?:[\u4e00-\u9fff—-]{1,8}|[A-Za-z][A-Za-z -]{1,20})\s*[)）]"
    r"|[\u4e00-\u9fff—-]{1,8}牌)[\s/、,，·-]*(?=[A-Z]{1,5}\d)"
)
"""The brand once more in the other script: WEISHENG (威盛牌) WS1045H, 威盛牌 (WEISHENG) WS1045H."""
_BRAND_ALONE = re.compile(r"\s*[\u4e00-\u9fff—-]{1,10}牌\s*")
"""A brand that stands where designations do: the first line of a cell that several rows share."""
_TWIN_BRANDS = re.compile(
    rf"(?P<chinese>(?:[\u4e00-\u9fff—-]|{AMID_CHINESE}){{1,10}}牌?)(?:\s*[/／]\s*|\s*(?=[(（])|(?<=牌)\s*)"
    r"[(（]?\s*[A-Za-z][A-Za-z -]{1,20}[)）]?"
)
"""A brand in both scripts: 云驰牌/YUNCHI, 云驰牌（YUNCHI）."""
_BRAND_BEHIND = re.compile(
    r"\s*[(（]\s*(?:[\u4e00-\u9fff—-]{1,8}牌?|(?!(?:B|PH|H|RE|ERE|FC)EV\b|SUV\b|MPV\b)[A-Z]{3,20})\s*[)）]\s*$"
)
"""CHENGUANG CG6482PHEV (晨光牌), 晨光牌 CG6482PHEV (CHENGUANG); what a vehicle runs on is no brand."""
_OTHERWISE = re.compile(r"\s+[\u4e00-\u9fff]")
"""What follows a designation where something else of the vehicle is said: HT6440S 里程 1324 公里."""
_HEAD_WORDS = frozenset(
    re.findall(
        r"\S+",
        "date of the first registration registered transfer transferred for export number no identification vin type"
        " make model brand vehicle serial code day year on in",
    )
)
"""Words of heads in English: a value of nothing else is a part of one."""
FEWEST_WORDS = 4
"""Words of a value without a figure that is a sentence and no designation."""
FEWEST_LINES, LONGEST_END = 2, 4
"""Lines of a cell with a broken designation, and characters of its last line."""
_GLUED_MODEL = re.compile(r"[A-Z]{5,}[0-9]{3,5}[A-Z0-9]{0,14}")


def attributes_of(about: dict[str, tuple[Cell, int, int]], layout: Layout) -> dict[str, Field | None]:
    """Return brand, model, dates and country of a vehicle from the cells that hold them."""
    attributes: dict[str, Field | None] = {}
    if "brand_model" in about:
        attributes |= _split(*_first_clause(*about["brand_model"], "brand_model", layout), layout)
    for name in ("brand", "model"):
        if name in about:
            attributes[name] = text_field(*_first_clause(*about[name], name, layout))
            if name == "model" and about[name][1:] == (0, len(about[name][0].text)):
                attributes[name] = _broken_model(about[name][0]) or attributes[name]
    if "brand" in about and "model" not in about:
        attributes |= _brand_with_model(*about["brand"], layout)
    if "model" in about and _BRAND_FIRST.match(attributes["model"].text if attributes["model"] else ""):
        split = _split(*_first_clause(*about["model"], "brand_model", layout), layout)
        attributes |= split if "brand" not in about else {"model": split["model"]}
    attributes = {
        name: _brand_alone(field) if name == "brand" else field
        for name, field in attributes.items()
        if not (field and _is_of_a_head(field.text, layout))
    }
    for name in ("registration_date", "transfer_date"):
        if name in about:
            attributes[name] = date_field(*about[name])
    if "export_country" in about:
        cell, start, stop = about["export_country"]
        attributes["export_country"] = country_field(cell, start, stop, layout)
    return _with_brand_apart(_without_sentence(attributes))


def _without_sentence(attributes: dict[str, Field | None]) -> dict[str, Field | None]:
    """Return what is said of a vehicle without a day or a sentence that stands where designations do, and without the
    word before the sentence that was taken for a brand: One | motor vehicle of the brand X.
    """
    model = attributes.get("model")
    if model is None:
        return attributes
    if any(day.stop - day.start == len(model.value) for day in find_dates(model.value)):
        return {name: field for name, field in attributes.items() if name != "model"}
    if len(model.value.split()) >= FEWEST_WORDS and not any(map(str.isdigit, model.value)):
        return {name: field for name, field in attributes.items() if name not in ("brand", "model")}
    return attributes


def _with_brand_apart(attributes: dict[str, Field | None]) -> dict[str, Field | None]:
    """Return what is said of a vehicle, a brand that stands where designations do as the brand."""
    model = attributes.get("model")
    if model is None or not _BRAND_ALONE.fullmatch(model.text):
        return attributes
    return {"brand": model} | attributes | {"model": None}


def _brand_alone(brand: Field | None) -> Field | None:
    """Return a brand without the row's number before it, one that is said in both scripts as the Chinese one."""
    if brand is None:
        return None
    value = _SERIAL.sub("", brand.value)
    twins = _TWIN_BRANDS.fullmatch(value)
    return replace(brand, value=twins["chinese"] if twins else value)


def _brand_with_model(cell: Cell, start: int, stop: int, layout: Layout) -> dict[str, Field | None]:
    """Return brand and designation of a brand's value that goes on with one, perhaps behind the next label."""
    two = _MAKE_MODEL.fullmatch(cell.text[start:stop].strip())
    if two is None:
        return dict(_split(*_without_dates(cell, start, stop), layout)) if _BRAND_WITH_MODEL.match(cell.text) else {}
    said = {"brand": two["brand"] or two["zh"], "model": two["model"] or two["named"]}
    places = {name: (cell.text.find(text, start, stop), len(text)) for name, text in said.items()}
    return {name: text_field(cell, begin, begin + length) for name, (begin, length) in places.items()}


def _is_of_a_head(text: str, layout: Layout) -> bool:
    """Return whether a value is a part of a table's heads: 名 of 品牌名称, first of Date of first registration."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if any(map(str.isdigit, text)) or not words:
        return False
    left = text
    for mention in reversed(layout.labels.fields.find(text)):
        left = left[: mention.start] + left[mention.stop :]
    return sum(map(str.isalnum, left)) <= 1 or all(word in _HEAD_WORDS for word in words)


def _without_dates(cell: Cell, start: int, stop: int) -> tuple[Cell, int, int]:
    """Return a range up to the first date that lost the white before it."""
    days = [start + mention.start for mention in find_dates(cell.text[start:stop]) if mention.start]
    return cell, start, min(days, default=stop)


def _broken_model(cell: Cell) -> Field | None:
    """Return the designation that a narrow cell breaks over its lines: CBY7564CHEV / A."""
    if len(cell.pieces) < FEWEST_LINES or len(cell.pieces[-1].text.strip()) > LONGEST_END:
        return None
    whole = "".join(cell.text.split())
    return cell.field(whole, 0, len(cell.text)) if MODEL.fullmatch(whole) else None


def _first_clause(cell: Cell, start: int, stop: int, name: str, layout: Layout) -> tuple[Cell, int, int]:
    """Return a range up to its first semicolon, or comma before a capital or a label: what follows is about something
    else.

    Of a designation with words around it (XC7001A型轿车, HT6440S 里程 1324 公里 临时号牌 A20440) the designation alone.
    """
    end = re.search(r"[;；。，]|,(?=\s?[A-Z])", cell.text[start:stop])
    stop = start + end.start() if end else stop
    labels = (mention.start for mention in layout.labels.fields.find(cell.text[start:stop]))
    commas = [at for at in labels if cell.text[start : start + at].rstrip().endswith(",")]
    stop = cell.text.rfind(",", start, start + commas[0]) if commas else stop
    models = designations(cell.text, start, stop) if name == "model" else []
    alone = len(models) == 1 or (bool(models) and bool(_OTHERWISE.match(cell.text, models[0][1])))
    return (cell, *models[0]) if alone else (cell, start, stop)


def _split(cell: Cell, start: int, stop: int, layout: Layout) -> dict[str, Field | None]:
    """Return brand and model of a value that joins them.

    The designation stands without a brand that lost its white, and without the sentence that goes on behind it.
    """
    split = split_brand_model(cell, start, stop)
    models = [(a, b) for a, b in find_models(cell.text, layout) if start <= a and b <= stop]
    said = split["model"].text if split["model"] else ""
    glued = _GLUED_MODEL.match(said)
    going_on = bool(models) and said.startswith(cell.text[slice(*models[0])]) and VIN.search(said)
    return split | {"model": text_field(cell, *models[0])} if (glued and len(models) == 1) or going_on else split


def split_brand_model(cell: Cell, start: int, stop: int) -> dict[str, Field | None]:
    """Return `brand` and `model` of a value that joins them; only `model` where no brand is told apart."""
    match = _BRAND_MODEL.match(cell.text[start:stop].strip())
    if not match:
        return {"model": text_field(cell, start, stop)}
    offset = start + len(cell.text[start:stop]) - len(cell.text[start:stop].lstrip())
    again = _BRAND_AGAIN.match(match["model"]) or _LATIN_BRAND.match(match["model"])
    begin = match.start("model") + (again.end() if again else 0)
    behind = _BRAND_BEHIND.search(match.string, begin)
    return {
        "brand": text_field(cell, offset + match.start("brand"), offset + match.end("brand")),
        "model": text_field(cell, offset + begin, offset + (behind.start() if behind else match.end("model"))),
    }
