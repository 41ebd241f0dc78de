"""For whom a letter is written, and to whom: the exporter and the addressee."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

from verifier.extraction.cells import Cell
from verifier.extraction.company_names import TOP_ROWS, ZH_FORMS, company_alone, name_in
from verifier.extraction.labelled import Labelled
from verifier.extraction.layout import Layout
from verifier.extraction.values import text_field
from verifier.formats.chinese import has_chinese
from verifier.formats.gazetteer import fold
from verifier.formats.names import LEGAL_FORM, normalise_name
from verifier.formats.organisations import find_organisations
from verifier.letter import Field

_WHOLE_NAME = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9（）()·]{{4,40}}?(?:{ZH_FORMS})(?=\W*$)")
"""A company's name and nothing else, as a line that broke off and the next one make it."""
_BEGUN = re.compile(r"(?:由|经|为|就|应)(?P<name>[\u4e00-\u9fff]{1,10})$")
INDENT = 0.04
"""Share of the page's width by which a paragraph's first line stands in."""
_NOT_LEADING = r"(?!(?<!自)由|我公司|我司|本公司|生产的|网点|[上下][述列]|所列)"
"""What no exporter's name has in it: 由我公司生产的X牌车辆将由Y出口 is about Y, behind the last 由; 由上述网点为Y."""
_OPENING = r"(?:[兹现特谨今]此?(?:证明|证实|确认|说明|函告|就|对|将|为|向)+)?"
"""Words that open a letter's text, right before a company's name: 现确认X申请出口."""
_EXPORTING = re.compile(
    rf"(?:(?:由|为|就|对|经|出口(?:人|商|方|企业)|申请(?:人|企业))\s*(?P<name>(?:{_NOT_LEADING}[\u4e00-\u9fffA-Za-z0-9（）()·]){{2,30}}?(?:{ZH_FORMS}))"
    rf"|(?:兹证明|兹确认|(?:^|(?<=[，,。；;：:、])\s?)(?=[^，,。]{{4,30}}(?:公司|厂)(?:拟|将|申请|申报|计划|准备|出口)))\s*{_OPENING}"
    rf"(?P<begun>(?:(?![由为就对的系我本兹])[\u4e00-\u9fff（）()]){{2,24}}?(?:{ZH_FORMS})))"
    r"\s*(?:负责|申请|申报|拟|将|代理|经办|[,，])*\s*(?:向[\u4e00-\u9fff()（）、A-Za-z\s]{1,40}?|(?<=将)[^，,。；;]{2,40}?)?(?:出口(?!部|业务|事业|管理)|运往|销往|输往)"
)
"""由X出口, 就X拟向Y出口的车辆, X拟将某牌汽车2辆出口至Y, 就X经办、运往Y的车辆."""
_EXPORTED_BY = re.compile(
    r"export(?:(?!servic|repair|maint)[^.。]){0,80}?(?<!here)by\s*(?=[A-Z])|exporta[^.。]{0,80}?por\s*(?=[A-Z])|exporté[^.。]{0,80}?par\s*(?=[A-Z])"
    r"|exporta[^.。]{0,80}?\spel[ao]\s*(?=[A-Z])|экспорт[её]ром\s*(?=[A-ZА-Я«])"
    r"|\bfor\s*use\s*by\s*(?=[A-Z])|que\s*exporta(?:rá)?\s*(?:la\s*(?:empresa|sociedad|compañía)\s*)?(?=[A-Z])"
    r"|qu['’]\s?exporte\s*(?:la\s*société\s*)?(?=[A-Z])|экспортируем\w*\s*(?:компанией|фирмой|обществом)\s*(?=[A-ZА-Я])"
)
"""exported to Kuwait by X: readers drop the white beside a short word."""
BREAK_BEFORE = " A"
"""What stands for the next line's capital where a sentence breaks off: véhicules exportés par / Khorgos …"""
LONGEST_PARTY = 100
"""Characters of a party's name in two languages."""
_CHINESE_TWIN = re.compile(rf"[.\s]*[(（]\s*(?P<name>[\u4e00-\u9fff（）()]{{2,30}}?(?:{ZH_FORMS}))\s*[)）]")
"""X Co., Ltd. (某某有限公司)."""
_PREDICATE = re.compile(
    r"[，。；;]|^\s*(?:与|和|将|向|应|须|的|对|按|各|已|在|或|及|所|须|保证|承诺|shall|will|must|has|is|and|or|y|et|e|и)(?![a-z])"
)
"""What a sentence about the exporter goes on with: 出口企业与我公司各执一份."""
_ANYBODY = re.compile(
    r"\W*(?:有关|相关|各有关|各相关|各|该|本次|贵|申请|详见|参见|见(?=附|申请|随)|同申请|the\s+applicant|the\s+exporter|as\s+(?:stated|applied)|whom)",
    re.I,
)
"""有关出口企业, the applicant: words that name nobody."""
_FOR_WHOM = re.compile(
    rf"(?:^|(?<=[，,。；;：:、\s兹现特]))(?:应|受|经)\s*(?P<zh>[\u4e00-\u9fffA-Za-z0-9（）()·]{{2,30}}?(?:{ZH_FORMS}))\s*(?:的|之)?\s*(?:申请|请求|要求|委托|请(?=[，,]))"
    rf"|(?:根据|按照?|依据?|对)\s*(?P<asking>[\u4e00-\u9fffA-Za-z0-9（）()·]{{2,30}}?(?:{ZH_FORMS}))\s*(?:的|之)?\s*(?:委托|申请|请求|申报的|经营的|拟出口的)"
    rf"|(?:^|(?<=[，,。；;：:、\s]))(?P<telling>[\u4e00-\u9fff（）()]{{2,30}}?(?:{ZH_FORMS}))\s*(?:近日|日前|于[^，,。]{{4,14}})?\s*"
    r"(?:申请(?:办理)?[^，,。；;]{0,12}出口|向我公?司(?:提出|提交|来函|申请|申报))"
    r"|\bat\s*the\s*request\s*of\s*(?=[A-Z])|\bon\s*the\s*application\s*of\s*(?=[A-Z])|по\s*(?:запросу|заявке)\s*(?=[A-ZА-Я])"
    r"|\ba\s*(?:solicitud|petición)\s*de\s*(?=[A-Z])|\bà\s*la\s*demande\s*de\s*(?=[A-Z])",
    re.I,
)
"""应X申请, 根据X的委托, X向我公司提出, at the request of X: who asks for the letter exports."""
_CALLED_EXPORTER = re.compile(
    r"\s*[(（]\s*(?:以下简称|下称|hereinafter(?:\s+called)?|the|далее)?\s*[,:：—–-]*\s*(?:the\s+)?[“\"«]?\s*"
    r"(?:出口(?:企业|方|商|人)|exporter|экспорт[её]р|exportador|exportateur)",
    re.I,
)
"""X（以下简称"出口企业"）, X (the Exporter)."""
_SALUTATION = re.compile(
    r"^(?:尊敬的|敬启者[，,]?|致\s?)?(?P<name>[\u4e00-\u9fff（）()A-Za-z0-9\s]{3,40})[:：]\s*(?:$|(?=[贵您]))"
)
"""X公司：on a line of its own, or before what it is told: X公司：贵司……"""
_OF_MATTER = re.compile(r"下列|以下|如下|上述|车辆")
"""What a line before a list says, and no salutation: 我公司生产的下列车辆："""
_GREETED = re.compile(r"(?P<name>[^:：,，。]{3,40})[:：]")
"""A colon ends the line to whom a letter is addressed; what its text begins with may be read as the same line."""
_DEAR = re.compile(r"^\s*(?:Dear\b|To whom|Gentlemen|Messrs|Estimad|Muy señor|Messieurs|Madame|Monsieur|Уважаем)", re.I)
_YOU_EXPORT = re.compile(
    r"贵(?:公司|司|方|单位|企业)[^。；;]{0,30}(?:出口|交付|运往|发往|经营)|来?函中?所(?:列|述|附)"
    r"|\byou(?:r company)?\b[^.;]{0,60}\b(?:export\w*|ship\w*)|\byour\s+export",
    re.I,
)
"""What the letter says of whom it speaks to: that the vehicles are theirs to export."""
_JOINT = re.compile(r"\s*[、；;，]\s*|(?<=[局厅委会署])\s*[和与及]\s*")
"""Between those whom a letter is addressed to together: an authority and who exports."""
LATEST_DEAR, ADDRESS_ROWS = 14, 5
"""Rows of the page's head within which one is greeted, and of the address above."""


def find_exporter(layout: Layout, addressee: Field | None) -> Field | None:
    """Return the exporter as labelled, or as a sentence names it: "由…公司出口至", "exported to … by …".

    The addressee is one where the letter tells it so. Where its Chinese name stands in brackets behind another, that
    is the name: applications state it.
    """
    return _in_chinese(_exporter(layout, addressee), layout)


def _in_chinese(field: Field | None, layout: Layout) -> Field | None:
    """Return a party with the Chinese name that stands in brackets behind its Latin one, as it is where none does."""
    if field is None:
        return None
    if has_chinese(field.text):  # (某某有限公司, its bracket closed behind
        return (
            replace(field, value=field.value.lstrip("(（"))
            if field.value.count("(") > field.value.count(")")
            else field
        )
    for cell in layout.flow:
        at = cell.text.find(field.text) if cell.page == field.page else -1
        twin = _CHINESE_TWIN.match(cell.text, at + len(field.text)) if at >= 0 else None
        if twin:
            return text_field(cell, *twin.span("name"))
    return field


def _exporter(layout: Layout, addressee: Field | None) -> Field | None:
    stated = layout.values("exporter")
    for value in stated:
        field = name_in(value.cell, value.start, value.stop)
        if field:
            return field
    for value in stated:
        if value.marked and _may_be_name(value.text, layout):
            field = text_field(value.cell, value.start, value.stop)
            return _made_whole(field, value, layout) if field else None
    for cell, below in zip_longest(layout.flow, layout.flow[1:]):
        for match in _EXPORTING.finditer(cell.text):
            field = _exporting_in(cell, match)
            if field and not layout.makers.named(field.value):
                return _with_beginning(field, cell, layout) if not match.start() else field
        by = _EXPORTED_BY.search(cell.text + BREAK_BEFORE)
        if by:
            field = _named_behind(by, cell, below)
            if field:
                return field
    return _asking_exporter(layout) or _addressed_exporter(layout, addressee)


def _made_whole(field: Field, value: Labelled, layout: Layout) -> Field:
    """Return a name that its line's end breaks with what the next line goes on with, or as the letter has it elsewhere:
    青岛胶海供 / 应链有限公司。"""
    broken = has_chinese(field.value) and value.stop >= len(value.cell.text.rstrip())
    if not broken or LEGAL_FORM.search(field.value):
        return field
    after = (row.cells[0].text for row in layout.rows[value.row + 1 : value.row + 3])
    joined = (_WHOLE_NAME.match(re.sub(r"\s", "", field.value + rest)) for rest in after)
    if named := next(filter(None, joined), None):
        return replace(field, value=named[0], text=named[0])
    for cell in layout.flow:
        for one in find_organisations(cell.text):
            begin = cell.text.find(field.value, one.start, one.stop)
            if one.formed and one.start <= begin < one.stop - len(field.value):
                name = cell.text[begin : one.stop]
                return replace(field, value=name, text=name)
    return field


def _with_beginning(field: Field, cell: Cell, layout: Layout) -> Field:
    """Return a name at a column's left edge with what the line above it ends with: …由满洲 / 里北方…公司."""
    number = next((n for n, row in enumerate(layout.rows) if any(other is cell for other in row.cells)), 0)
    over = layout.rows[number - 1].cells if number else ()
    above = next((other for other in over if abs(other.box.x0 - cell.box.x0) < INDENT), None)
    begun = _BEGUN.search(above.text) if above else None
    if begun is None or not cell.text.startswith(field.text):
        return field
    return replace(field, value=begun["name"] + field.value, text=begun["name"] + field.text)


def _exporting_in(cell: Cell, match: re.Match[str]) -> Field | None:
    """Return the company that a sentence in Chinese tells to export."""
    return name_in(cell, *match.span("name" if match["name"] else "begun"))


def find_exporting(layout: Layout) -> frozenset[str]:
    """Return the normalised names of all companies that sentences in whatever language tell to export: a bilingual
    letter names one twice, and in neither is it an outlet.
    """
    found = []
    for cell, below in zip_longest(layout.flow, layout.flow[1:]):
        found += [_exporting_in(cell, match) for match in _EXPORTING.finditer(cell.text)]
        found += [_named_behind(by, cell, below) for by in _EXPORTED_BY.finditer(cell.text + BREAK_BEFORE)]
    return frozenset(normalise_name(field.value) for field in found if field)


def _named_behind(by: re.Match[str], cell: Cell, below: Cell | None) -> Field | None:
    """Return the organisation behind a match in a cell with BREAK_BEFORE: on the next line where the cell ends."""
    if by.end() <= len(cell.text):
        return _named_at(cell, by.end())
    return _named_at(below, 0) if below else None


def _named_at(cell: Cell, start: int) -> Field | None:
    """Return the organisation that is named at a place of a cell."""
    named = find_organisations(cell.text[start:])
    return text_field(cell, start + named[0].start, start + named[0].stop) if named and named[0].start <= 1 else None


def _may_be_name(text: str, layout: Layout) -> bool:
    """Return whether a labelled value may name somebody: no part of a sentence, no label said again, not anybody."""
    if _ANYBODY.match(text) and not LEGAL_FORM.search(text):
        return False
    return len(text) <= LONGEST_PARTY and not _PREDICATE.search(text) and fold(text) not in layout.labels.fields.codes


def _asking_exporter(layout: Layout) -> Field | None:
    """Return the company at whose request the letter is written, or that it calls the exporter."""
    for cell in layout.flow:
        for_whom = _FOR_WHOM.search(cell.text)
        for name in ("zh", "asking", "telling"):
            if for_whom and for_whom[name]:
                return name_in(cell, *for_whom.span(name))
        for one in find_organisations(cell.text):
            asked = for_whom and for_whom.end() == one.start
            if asked or _CALLED_EXPORTER.match(cell.text, one.stop):
                return text_field(cell, one.start, one.stop)
    return None


def _addressed_exporter(layout: Layout, addressee: Field | None) -> Field | None:
    """Return the company that the letter speaks to, where it says that this company exports."""
    if addressee is None or not LEGAL_FORM.search(addressee.value):
        return None
    return addressee if any(_YOU_EXPORT.search(cell.text) for cell in layout.flow) else None


def _company_among(cell: Cell, start: int, stop: int) -> Field | None:
    """Return the one company of several that are addressed together, else all that stands there."""
    cuts = [start, *(at for m in _JOINT.finditer(cell.text, start, stop) for at in m.span()), stop]
    parts = list(zip(cuts[::2], cuts[1::2], strict=True))
    companies = [part for part in parts if LEGAL_FORM.search(cell.text[slice(*part)])]
    return text_field(cell, *(companies[0] if len(companies) == 1 else (start, stop)))


def _named_until(value: Labelled) -> int:
    """Return where the first organisation of a value ends: the letter's subject may be read as the same line."""
    named = find_organisations(value.text)
    return value.start + named[0].stop if named else value.stop


def _without_twin(field: Field | None, value: Labelled) -> Field | None:
    """Return a Chinese name without the English one behind it: X有限公司 X Co., Ltd."""
    named = name_in(value.cell, value.start, value.stop) if field else None
    behind = field.value.removeprefix(named.value) if field and named else ""
    latin = behind.lstrip(" /／(（")[:1]
    return named if latin.isascii() and latin.isalpha() else field


def find_addressee(layout: Layout) -> Field | None:
    """Return whom the letter is addressed to: labelled, in a salutation line, or in the address over "Dear …"."""
    for value in layout.values("addressee"):
        greeted = _GREETED.match(value.text)
        stop = value.start + greeted.end("name") if greeted else value.stop
        field = _without_twin(_company_among(value.cell, value.start, stop), value)
        if field and value.row < len(layout.rows) // 2 + 1 and not field.value.lower().startswith("whom"):
            return _in_chinese(field, layout)
    for value in layout.values("outlet_contact"):  # Attn. X Co., Ltd. in the head of a letter
        if value.row <= TOP_ROWS and LEGAL_FORM.search(value.text):
            return _in_chinese(_company_among(value.cell, value.start, _named_until(value)), layout)
    for row in layout.rows[1 : TOP_ROWS + 4]:
        match = _SALUTATION.match(row.cells[0].text) if len(row.cells) == 1 else None
        heads = match and (
            any(words in fold(match["name"]) for words in layout.labels.outlet_sections)
            or _OF_MATTER.search(match["name"])
        )
        if match and not heads and not layout.labels.fields.find(match["name"]):  # "Service outlets:" greets nobody
            return _company_among(row.cells[0], *match.span("name"))
    for number, cell in layout.cells():
        if _DEAR.match(cell.text) and number <= LATEST_DEAR:
            above = [c for row in layout.rows[max(number - ADDRESS_ROWS, 1) : number] for c in row.cells]
            names = [name for c in above if (name := company_alone(c))]
            return names[-1] if names else None
    return None
