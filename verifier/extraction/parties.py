"""Who signs, to whom, for whom: the issuer, the addressee, the exporter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from verifier.extraction.cells import Cell
from verifier.extraction.label_places import label_places
from verifier.extraction.labelled import Labelled
from verifier.extraction.layout import Layout
from verifier.extraction.values import text_field
from verifier.formats.chinese import has_chinese
from verifier.formats.dates import find_dates
from verifier.formats.gazetteer import fold
from verifier.formats.names import (
    CERTAIN_MISREAD,
    LEGAL_FORM,
    find_maker,
    misread_characters,
    normalise_name,
    spellings,
)
from verifier.formats.organisations import find_organisations
from verifier.letter import Field, Reading
from verifier.record import Maker

_ZH_FORMS = "有限责任公司|有限責任公司|股份有限公司|集团有限公司|有限公司|集团公司|股份公司|总公司|制造厂|汽车厂|总厂"
_EN_FORM = r"Co\.?\s?,?\s?Ltd\.?|Company\s?Limited|Limited|Ltd\.|Corporation|Corp\.|Inc\.|GmbH|AG|LLC|S\.A\."
_EN_FORMS = rf"(?:{_EN_FORM})(?:,?\s?(?:{_EN_FORM}|Co\.))*|Works\b|Factory\b"
_ZH_NAME = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9（）()·・—–－\s-]{{2,40}}?(?:{_ZH_FORMS})")
_FORM_AGAIN = re.compile(rf"\s?(?:{_ZH_FORMS})|,?\s?(?:{_EN_FORMS}|Ltd\.?)(?![a-z])")
"""…汽车制造厂有限责任公司, … Group Corp., Ltd.: what looked like the legal form was a word of the name."""
_EN_NAME = re.compile(rf"[A-Z][A-Za-z0-9&.,'()\- ]{{3,80}}?(?:{_EN_FORMS})(?![a-z])")
_UNIT = re.compile(
    r"(?!兹|由|特此|我|本)(?:(?![的由在于关为了对经确认证明])[\u4e00-\u9fffA-Za-z0-9（）()]){0,14}?"
    r"(?:分公司|子公司|事业部|业务部|海外部|国际部|出口部|销售部|营销部|销售公司|营销公司|乘用车公司|商用车公司|中心|办事处|工厂|厂)"
    r"(?![\u4e00-\u9fff])"
    r"|,?\s?(?:[A-Z][A-Za-z&-]+\s?){0,4}(?:Branch|Division|Department|Dept\.|Plant|Factory|Works|Office)(?![a-z])"
)
"""What may stand right behind a legal form and be part of who signs: a branch, a department, a plant."""
_EXPORTING = re.compile(
    rf"(?:(?:由|为|就|对)\s*(?P<name>[\u4e00-\u9fffA-Za-z0-9（）()·]{{2,30}}?(?:{_ZH_FORMS}))"
    rf"|(?:兹证明|兹确认|^(?=[^，,。]{{4,30}}(?:公司|厂)(?:拟|将|申请|计划|准备)))\s*"
    rf"(?P<begun>(?:(?![由为就对的系我本兹])[\u4e00-\u9fff（）()]){{2,24}}?(?:{_ZH_FORMS})))"
    r"\s*(?:负责|申请|拟|将|代理|经办|[,，])*\s*(?:向[\u4e00-\u9fff()（）]{1,14}?|(?<=将)[^，,。；;]{2,40}?)?(?:出口|运往|销往|输往)"
)
"""由X出口, 就X拟向Y出口的车辆, X拟将某牌汽车2辆出口至Y, 就X经办、运往Y的车辆."""
_EXPORTED_BY = re.compile(
    r"export\w*\b[^.。]{0,80}?\bby\s+(?=[A-Z])|exporta\w*\b[^.。]{0,80}?\bpor\s+(?=[A-Z])"
    r"|exporté\w*\b[^.。]{0,80}?\bpar\s+(?=[A-Z])|\bque\s+exporta(?:rá)?\s*(?:la\s+(?:empresa|sociedad|compañía)\s+)?(?=[A-Z])"
    r"|\bqu['’]\s?exporte\s+(?:la\s+société\s+)?(?=[A-Z])|экспортируем\w*\s+(?:компанией|фирмой|обществом)\s+(?=[A-ZА-Я])"
)
BREAK_BEFORE = " A"
"""What stands for the next line's capital where a sentence breaks off: véhicules exportés par / Khorgos …"""
LONGEST_PARTY = 100
"""Characters of a party's name in two languages."""
_PREDICATE = re.compile(
    r"[，。；;]|^\s*(?:与|和|将|向|应|须|的|对|按|各|已|在|或|及|所|须|保证|承诺|shall|will|must|has|is|and|or|y|et|e|и)(?![a-z])"
)
"""What a sentence about the exporter goes on with: 出口企业与我公司各执一份."""
_FOR_WHOM = re.compile(
    rf"(?:应|受|经)\s*(?P<zh>[\u4e00-\u9fffA-Za-z0-9（）()·]{{2,30}}?(?:{_ZH_FORMS}))\s*(?:的|之)?\s*(?:申请|请求|要求|委托)"
    r"|\bat the request of\s+(?=[A-Z])|\bon the application of\s+(?=[A-Z])|по\s+(?:запросу|заявке)\s+(?=[A-ZА-Я])"
    r"|\ba\s+(?:solicitud|petición)\s+de\s+(?=[A-Z])|\bà\s+la\s+demande\s+de\s+(?=[A-Z])",
    re.I,
)
"""应X申请, at the request of X: who asks for the letter exports."""
_CALLED_EXPORTER = re.compile(
    r"\s*[(（]\s*(?:以下简称|下称|hereinafter(?:\s+called)?|the|далее)?\s*[,:：—–-]*\s*(?:the\s+)?[“\"«]?\s*"
    r"(?:出口(?:企业|方|商|人)|exporter|экспорт[её]р|exportador|exportateur)",
    re.I,
)
"""X（以下简称"出口企业"）, X (the Exporter)."""
_SIGNING = (
    r"(?:(?:duly|signed|sealed|executed|issued|certified|confirmed|authori[sz]ed|given|stamp(?:ed)?|seal|chop|signature|"
    r"representative|company|corporate|official|manufacturer(?:['’]s)?|undersigned|in|on|for|and|by|the|name|behalf|of|per|"
    r"account|hereby|yours|faithfully|sincerely|truly)\b[\s,:.()/&-]*)"
)
"""Words of an English closing before the name that signs."""
_LEAD = re.compile(
    r"^\s*(?:兹有?|我公司|本公司|我司|由|特此"
    rf"|{_SIGNING}+(?=[A-Za-z])"
    r"|The\s|We,?\s?|by\s|from\s|for\s|and\s?(?=on\b|onbehalf)|and\s|on\s*behalf\s*of\s*|behalf\s*of\s*|[A-Z]?\d{1,2}[.)]\s*(?=[A-Z]))+",
    re.I,
)
_SEAL_WORD = re.compile(
    r"[(（]?\s*(?:单位)?(?:盖章|公章|签章|印章|seal|stamp|official seal|company seal)\s*[)）]?\s*[:：]?\s*$",
    re.I,
)
_SALUTATION = re.compile(r"^(?:尊敬的|敬启者[，,]?|致\s?)?(?P<name>[\u4e00-\u9fff（）()A-Za-z0-9\s]{3,40})[:：]\s*$")
_DEAR = re.compile(r"^\s*(?:Dear\b|To whom|Gentlemen|Messrs|Estimad|Muy señor|Messieurs|Madame|Monsieur|Уважаем)", re.I)
_YOU_EXPORT = re.compile(
    r"贵(?:公司|司|方|单位|企业)[^。；;]{0,30}(?:出口|交付|运往|发往|经营)"
    r"|\byou(?:r company)?\b[^.;]{0,60}\b(?:export\w*|ship\w*)|\byour\s+export",
    re.I,
)
"""What the letter says of whom it speaks to: that the vehicles are theirs to export."""
LATEST_DEAR, ADDRESS_ROWS = 14, 5
"""Rows of the page's head within which one is greeted, and of the address above."""
SURE_NAME = 0.9
"""Confidence of a name's weakest character from which it stands as read."""
_OWN = re.compile(r"(?:我公司|本公司|我司|兹有|We,\s?|company,\s?)(?![为受应向按将与对在已的由根])")
"""What the text calls its own name by; 我司为…公司 goes on about another."""
CLOSING_ROWS = 12
"""Rows at the end of the document among which it is signed."""
TOP_ROWS = 6
"""Rows of the letterhead."""
OVER_DATE = 2
"""Rows between the signing name and the date under it where other pages follow."""
_RECEIVING = ("copy_to", "addressee", "exporter", "consignee")
NEAR_DATE = 4
"""Rows between the closing date and the name that signs."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    field: Field
    weight: float
    row: int


def find_issuer(layout: Layout, others: frozenset[str]) -> Field | None:
    """Return the legal name that signs the letter; a Chinese name before its English twin.

    A name under a "seal" or "issued by" label weighs most, then one that stands alone in the closing, then
    the letterhead, then one that the text calls its own. `others` are the normalised names of outlets, addressee
    and exporter: they sign nothing.
    """
    candidates = [*_labelled(layout), *_closing(layout), *_letterhead(layout), *_self_named(layout)]
    received = _rows_of_receivers(layout)
    candidates = [c for c in candidates if normalise_name(c.field.value) not in others and abs(c.row) not in received]
    if not candidates:
        return None
    best = max(candidates, key=lambda c: (c.weight, has_chinese(c.field.value), c.row))
    clear = clearest(best.field, [c.field for c in candidates] + _in_margins(layout))
    return _with_dash(_chinese_twin(best, candidates, layout) or clear, layout.makers)


def _rows_of_receivers(layout: Layout) -> frozenset[int]:
    """Return the rows under a label of its own line that name who receives the letter or exports: in two languages."""
    heads = [
        value
        for name in ("addressee", "exporter")
        for value in layout.values(name)
        if value.cell is not value.label_cell and value.cell.box.y0 > value.label_cell.box.y1
    ]
    return frozenset(value.row + below for value in heads for below in (1, 2))


def _with_dash(field: Field, makers: Sequence[Maker]) -> Field:
    """Return a known maker's name with its dash, where that was read as the numeral 一 that is drawn like it."""
    wanted = normalise_name(field.value)
    for name in (name for maker in makers for name in (maker.name, *maker.former_names)):
        if wanted != normalise_name(name) and wanted in spellings(name):
            return replace(field, value=name)
    return field


def clearest(signed: Field, named: list[Field]) -> Field:
    """Return the signing name, as the letter prints it elsewhere where the seal over it left it uncertain.

    The other place must be read surely and have no character less; one character that was misread changes
    nothing, more leave the doubt `conflict`, and a word for a unit that may not issue is never read away.
    """
    if signed.confidence >= SURE_NAME:
        return signed
    wanted = normalise_name(signed.value)
    for other in sorted(named, key=lambda field: -field.confidence):
        name = normalise_name(other.value)
        if (
            name == wanted
            or other.confidence < SURE_NAME
            or len(name) < len(wanted)
            or has_chinese(name) != has_chinese(wanted)
        ):
            continue
        apart = misread_characters(signed.value, other.value)
        if apart is not None:
            doubt = None if apart <= CERTAIN_MISREAD else "conflict"
            readings = (*other.readings, Reading(signed.text, signed.confidence, signed.source))
            return replace(other, doubt=doubt, readings=readings)
    return signed


def _in_margins(layout: Layout) -> list[Field]:
    """Return the legal names in the footers."""
    cells = [cell for row in layout.margins for cell in row.cells]
    return [field for cell in cells if (field := _name_in(cell, 0, len(cell.text)))]


def _chinese_twin(best: _Candidate, candidates: list[_Candidate], layout: Layout) -> Field | None:
    """Return the Chinese name beside an English one that signs, if both are the same known maker."""
    if has_chinese(best.field.value):
        return None
    maker = find_maker(best.field.value, layout.makers)
    for candidate in sorted(candidates, key=lambda c: -c.weight):
        if maker and has_chinese(candidate.field.value) and find_maker(candidate.field.value, layout.makers) == maker:
            return candidate.field
    return None


def _labelled(layout: Layout) -> list[_Candidate]:
    found = []
    tables = layout.table_rows("outlets")
    for value in layout.values("issuer"):
        if value.row in tables:
            continue
        field = _name_in(value.cell, value.start, value.stop) or None
        if field:
            found.append(_Candidate(field, 5.0 if value.row >= len(layout.rows) - CLOSING_ROWS else 3.2, value.row))
    for value in layout.values("signature"):
        field = _name_in(value.cell, value.start, value.stop)
        if field:
            found.append(_Candidate(field, 5.0, value.row))
    return found


def _closing(layout: Layout) -> list[_Candidate]:
    """Return names that stand alone where letters are signed, surer near the closing date.

    That is the last rows, or right over a date that stands alone: annexes and copies may follow.
    """
    first = max(len(layout.rows) - CLOSING_ROWS, 0)
    dates = [n for n, c in layout.cells() if _is_date_line(c)]
    tables = layout.table_rows("outlets") | layout.table_rows("vehicles")
    found = []
    for number, cell in layout.cells():
        over_date = any(0 < date - number <= OVER_DATE for date in dates)
        if number < TOP_ROWS or number in tables or not (number >= first or over_date) or _goes_to(cell, layout):
            continue
        field = company_alone(cell)
        if field:
            near = any(0 <= abs(date - number) <= NEAR_DATE for date in dates)
            found.append(_Candidate(field, 4.5 if near else 3.0, number))
    return found


def _goes_to(cell: Cell, layout: Layout) -> bool:
    """Return whether a cell names who receives the letter or a copy, or who exports."""
    return any(
        place.name in _RECEIVING or (place.name == "outlet_name" and has_chinese(cell.text[place.start]))
        for place in label_places(cell, layout.labels)
    )


def _letterhead(layout: Layout) -> list[_Candidate]:
    found = []
    for number, row in enumerate(layout.rows[:TOP_ROWS]):
        for cell in row.cells:
            field = company_alone(cell)
            if field and not cell.text.strip().endswith((":", "：")):
                found.append(_Candidate(field, 2.5, -number))
    return found


def _self_named(layout: Layout) -> list[_Candidate]:
    """Return names that the text calls its own: "我公司……有限公司", "……有限公司(以下简称…)"."""
    found = []
    for number, cell in enumerate(layout.flow):
        for match in _OWN.finditer(cell.text):
            name = _ZH_NAME.match(cell.text, match.end()) or _EN_NAME.match(cell.text, match.end())
            if name:
                field = _name_in(cell, name.start(), name.end())
                if field:
                    found.append(_Candidate(field, 1.5, -number))
    return found


def company_alone(cell: Cell) -> Field | None:
    """Return the company name that is all a cell holds, but for a seal word, a label or a date."""
    text = cell.text
    field = _name_in(cell, 0, len(text))
    if field is None:
        return None
    rest = text.replace(field.text, "", 1)
    for mention in reversed(find_dates(rest)):
        rest = rest[: mention.start] + rest[mention.stop :]
    rest = re.sub(rf"^\s*{_SIGNING}+", "", _SEAL_WORD.sub("", rest), flags=re.I)
    return field if len(re.sub(r"[\W_]", "", rest)) <= max(8, 0.35 * len(field.text)) else None


def _name_in(cell: Cell, start: int, stop: int) -> Field | None:
    """Return the company name in a range: up to and including its legal form, without what leads to it."""
    text = cell.text[start:stop]
    match = _ZH_NAME.search(text) or _EN_NAME.search(text)
    if match is None or not LEGAL_FORM.search(match.group()):
        return None
    begin, end = match.span()
    # a longer legal name may go on: "…集团有限公司" inside "…集团有限公司汽车制造厂"
    while (longer := _ZH_NAME.match(text, begin)) and (more := _ZH_NAME.match(text[end:])) and longer:
        if more.start() or _LEAD.match(text[end:]) or re.match(r"[\s（(]", text[end:]):
            break
        end += more.end()
    form = _FORM_AGAIN.match(text, end)
    end = form.end() if form else end
    unit = _UNIT.match(text, end)
    end = unit.end() if unit else end
    lead = _LEAD.match(text[begin:end])
    begin += lead.end() if lead else 0
    while begin < end and text[begin] in " )）":
        begin += 1
    return text_field(cell, start + begin, start + end)


def _is_date_line(cell: Cell) -> bool:
    found = find_dates(cell.text)
    return bool(found) and len(cell.text) - (found[0].stop - found[0].start) <= 14


def find_exporter(layout: Layout) -> Field | None:
    """Return the exporter as labelled, or as a sentence names it: "由…公司出口至", "exported to … by …"."""
    stated = layout.values("exporter")
    for value in stated:
        field = _name_in(value.cell, value.start, value.stop)
        if field:
            return field
    for value in stated:
        if value.marked and _may_be_name(value.text, layout):
            return text_field(value.cell, value.start, value.stop)
    for cell, below in zip_longest(layout.flow, layout.flow[1:]):
        breaks = below and _EXPORTED_BY.search(cell.text + BREAK_BEFORE)
        begun = find_organisations(below.text) if below and breaks and breaks.end() > len(cell.text) else ()
        if below and begun and begun[0].start <= 1:
            return text_field(below, begun[0].start, begun[0].stop)
        match = _EXPORTING.search(cell.text)
        if match:
            return _name_in(cell, *match.span("name" if match["name"] else "begun"))
        by = _EXPORTED_BY.search(cell.text)
        behind = find_organisations(cell.text[by.end() :]) if by else ()
        if by and behind and behind[0].start <= 1:
            return text_field(cell, by.end() + behind[0].start, by.end() + behind[0].stop)
    return _asking_exporter(layout) or _addressed_exporter(layout)


def _may_be_name(text: str, layout: Layout) -> bool:
    """Return whether a labelled value may name somebody: no part of a sentence, no label said again."""
    return len(text) <= LONGEST_PARTY and not _PREDICATE.search(text) and fold(text) not in layout.labels.fields.codes


def _asking_exporter(layout: Layout) -> Field | None:
    """Return the company at whose request the letter is written, or that it calls the exporter."""
    for cell in layout.flow:
        for_whom = _FOR_WHOM.search(cell.text)
        if for_whom and for_whom["zh"]:
            return _name_in(cell, for_whom.start("zh"), for_whom.end("zh"))
        for one in find_organisations(cell.text):
            asked = for_whom and for_whom.end() == one.start
            if asked or _CALLED_EXPORTER.match(cell.text, one.stop):
                return text_field(cell, one.start, one.stop)
    return None


def _addressed_exporter(layout: Layout) -> Field | None:
    """Return the company that the letter speaks to, where it says that this company exports."""
    if not any(_YOU_EXPORT.search(cell.text) for cell in layout.flow):
        return None
    addressee = find_addressee(layout)
    return addressee if addressee and LEGAL_FORM.search(addressee.value) else None


def _without_twin(field: Field | None, value: Labelled) -> Field | None:
    """Return a Chinese name without the English one behind it: X有限公司 X Co., Ltd."""
    named = _name_in(value.cell, value.start, value.stop) if field else None
    behind = field.value.removeprefix(named.value) if field and named else ""
    latin = behind.lstrip(" /／(（")[:1]
    return named if latin.isascii() and latin.isalpha() else field


def find_addressee(layout: Layout) -> Field | None:
    """Return whom the letter is addressed to: labelled, in a salutation line, or in the address over "Dear …"."""
    for value in layout.values("addressee"):
        field = _without_twin(text_field(value.cell, value.start, value.stop), value)
        if field and value.row < len(layout.rows) // 2 + 1 and not field.value.lower().startswith("whom"):
            return field
    for row in layout.rows[1 : TOP_ROWS + 4]:
        match = _SALUTATION.match(row.cells[0].text) if len(row.cells) == 1 else None
        heads = match and any(words in fold(match["name"]) for words in layout.labels.outlet_sections)
        if match and not heads and not layout.labels.fields.find(match["name"]):  # "Service outlets:" greets nobody
            return text_field(row.cells[0], match.start("name"), match.end("name"))
    for number, cell in layout.cells():
        if _DEAR.match(cell.text) and number <= LATEST_DEAR:
            above = [c for row in layout.rows[max(number - ADDRESS_ROWS, 1) : number] for c in row.cells]
            names = [name for c in above if (name := company_alone(c))]
            return names[-1] if names else None
    return None
