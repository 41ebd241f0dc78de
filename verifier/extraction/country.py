"""Where the vehicles go: labelled, in a sentence, or vehicle by vehicle. Addresses say nothing about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verifier.extraction.cells import Cell
from verifier.extraction.label_places import trimmed
from verifier.extraction.labelled import Labelled
from verifier.extraction.layout import Layout
from verifier.extraction.values import country_field, distinct
from verifier.formats.countries import is_code
from verifier.formats.gazetteer import fold
from verifier.formats.organisations import find_organisations
from verifier.letter import Field, VehicleClaim

_ENDS = re.compile(r"[。；;\n]|\.\s")
_JOINS = re.compile(r"^\s*(?:[、,，/&和及与]|and|и|y|et|以及|或)\s*$", re.I)
_AND = re.compile(r"\W*(?:[、,，&和及与]|\b(?:and|и|y|et|e)\b|以及|及其?)\W*", re.I)
_COLON = re.compile(r"[:：]")
_DESTINED = re.compile(r"目的|出口.{0,4}国|输往|运往|销往|destin|export|market|стран|назнач|país|pays", re.I)
_NOT_DESTINED = re.compile(r"原产|生产|制造|所在|注册|origin|manufactur|exporter|出口商|出口企业|网点", re.I)
_EXPORTING = re.compile(
    r"出口|出境|输往|运往|销往|发往|发运|交付|投放"
    r"|\bexport\w*|\bship\w*|\bdeliver\w*|\bdestined|\bbound\b|экспорт\w*|вывоз\w*|вывез\w*|постав\w*|отгру\w*|отправл\w*"
    r"|exporta\w*|exporté\w*|enviad\w*|destinad\w*|destiné\w*|livré\w*|expédié\w*",
    re.I,
)
_TO = re.compile(
    r"(?:(?:下列|以下|下述|上述|如下|所列|该批?|本批)?(?:\d{1,3}|[一二两三四五六七八九十]{1,3})?[辆台部]?(?:二手)?(?:车辆|汽车|车)"
    r"(?:\d{1,3}[辆台部])?(?:清单见附件\d?|[(（][^()（）]{2,20}[)）])?[至到往]"
    r"|)(?:的|至|到|往|去往|目的国|国家|市场|国别|[为:：\s])*"
    r"|[^,.;:，。；]{0,80}\b(?:to|into|for|in|within)\s+(?:the\s+)?(?:(?:\w+\s+){0,3}(?:market|territory|republic|customers?|kingdom|sultanate|state|emirates?|union)\s+(?:of|in)\s+)?(?:the\s+)?"
    r"|[^,.;:，。；]{0,60}\s(?:в|на)\s+(?:(?:Республику|территорию|рынок)\s+)?"
    r"|[^,.;:，。；]{0,60}\s(?:a|hacia|vers|au|en|para)\s+(?:el\s+|la\s+|le\s+)?",
    re.I,
)
"""What may stand between a word for exporting and the country it is to."""
_LEADS = re.compile(r"(?:向|往|对|至|到)\s*$")
_VEHICLE_IN = re.compile(r"车辆?[^。；;，,]{0,14}(?:在|于|运抵|抵达|到达)\s*$")
_SERVED = re.compile(
    r"\s*(?:境内|当地|市场|国内|全境)?\s*(?:后|的|内)?[^。；;]{0,6}(?:提供|承担|享有|享受|获得|开展|负责|可|由|的?售后)"
)
_IN, _FOR_VEHICLES = (
    re.compile(r"(?:在|于)\s*$"),
    re.compile(
        r"\s*(?:境内|当地|市场|国内)?\s*为[^。；;]{2,60}车辆?[^。；;，,]{0,12}?(?:提供|承担|负责)[^。；;]{0,10}(?:售后|维修|保养|服务)"
    ),
)
"""兹确认我公司在X为Y公司出口的下列车辆提供售后维修服务."""
_SERVICE_IN, _OF_VEHICLES = (
    re.compile(
        r"(?:servicio|mantenimiento|entretien|service|après-vente|serviço|manutenção)\b[^.;]{0,60}\s"
        r"(?:en|au|aux|à|em|no|na)\s+(?:la\s+|el\s+|le\s+)?$",
        re.I,
    ),
    re.compile(r"[,\s][^.;]{0,12}?\b(?:de|des|dos|du|da)\s+[^.;]{0,12}?(?:veh|véh|veí|auto)", re.I),
)
"""el servicio de mantenimiento posventa, en X, de los vehículos siguientes."""
_PROVIDED_IN = re.compile(
    r"\b(?:provided|available|rendered|performed|carried\s+out|offered|guaranteed|ensured|effected)\s+(?:\w+\s+){0,3}?in\s+(?:the\s+)?$",
    re.I,
)
"""What stands about the country where vehicles are served; an outlet's own follows its name or street."""
_STATE_FORM = re.compile(
    r"(?:[Tt]he\s+)?(?:[A-ZÀ-Þ][\w'’]+\s+){0,3}(?:Republic|Kingdom|State|Sultanate|Federation|Emirate|Commonwealth|Union|República|Reino"
    r"|Estado|République|Royaume)\s+(?:of|de|du|del|da|do)\s+(?:the\s+|la\s+|los\s+)?$"
)
"""What an official name has before the country's own: Islamic Republic of Pakistan."""
_OF_OUTLETS = re.compile(
    r"网点|站点|服务|维修|保养|修理|地址|电话|公司|\+\d|outlet|servic|repair|workshop|address|phone|Ltd|LLC|Inc\b"
    r"|сервис|ремонт|адрес|ООО|garage|atelier|adresse|taller|direcci|خدمة|صيانة|عنوان",
    re.I,
)
_OF_PLACES = re.compile(
    r"原产|产地|产自|所在国|注册地|\borigin|\bmade in\b|网点|站点|服务商|服务站|服务中心|维修站|地址|电话|位于|\d\s?号"
    r"|\+\d|\d{3}|outlet|workshop|dealer|\bagents?\b|partner|cent(?:re|er)|address|phone|\btel\b|provider|garage|atelier"
    r"|adresse|taller|direcci|oficina|endere|центр|станци|адрес|тел\.|улиц|\bул\.|г\.",
    re.I,
)
"""What sentences about outlets, and addresses, have in them."""
_SENTENCE = re.compile(r"(?:[^。；;.!?？！]|\.(?!\s|$))+")
_VEHICLES = re.compile(r"车|vehicle|\bcars?\b|\bunits?\b|автомоб|машин|véhicule|vehícul|مركب|سيار", re.I)
_HOME = "CN"
LONGEST_LABEL = 40
"""Characters."""
WHOLE_VALUE = 0.5
"""Share of a value that countries must make up to be all it says; the same name may stand there in two languages."""
NEAR_BEFORE = 100
"""Characters before a country within which a word for exporting may lead to it."""
NEAR = 40
"""Characters after "exported to" within which the destination is named."""


@dataclass(frozen=True, slots=True)
class Destinations:
    """What a letter says of its destination; `nowhere` is a labelled value that is no country; `together` tells
    that one text names all of several, each joined to the next."""

    countries: tuple[Field, ...]
    nowhere: Field | None
    together: bool = False


def find_destinations(layout: Layout, vehicles: tuple[VehicleClaim, ...]) -> Destinations:
    """Return the distinct destinations: of labels first, then of sentences, then of the vehicles' own."""
    labelled, nowhere = _labelled(layout)
    own = [vehicle.export_country for vehicle in vehicles if vehicle.export_country]
    found = distinct([*labelled, *_in_sentences(layout), *own])
    if not found and not nowhere:
        found = (
            distinct(_over_outlets(layout))
            or distinct(_under_other_words(layout))
            or distinct(_beside_exporting(layout))
        )
        found = found or distinct(_served_in(layout)) or _only_one_left(layout) or _only_one_named(layout)
    return Destinations(found, nowhere if not found else None, _are_named_together(found, layout))


def _are_named_together(countries: tuple[Field, ...], layout: Layout) -> bool:
    """Return whether some text names all of several countries in one breath, none of them as a choice: 加纳、约旦."""
    wanted = {country.value for country in countries}
    if len(wanted) < 2:
        return False
    for cell in layout.flow:
        run: set[str] = set()
        last: int | None = None
        for mention in layout.labels.countries.find(cell.text):
            between = cell.text[last : mention.start] if last is not None else ""
            same = mention.code in run and not any(map(str.isalnum, between))  # 加纳 (Ghana)、约旦 (Jordan)
            run = run | {mention.code} if same or _AND.fullmatch(between) else {mention.code}
            last = mention.stop
            if wanted <= run:
                return True
    return False


def _over_outlets(layout: Layout) -> list[Field]:
    """Return the countries of a column of outlets whose head says that vehicles are exported there: 出口国 over the
    cities and outlets of each, not 国别.
    """
    found = []
    for table in layout.tables:
        heads = [cell.text for cell in layout.rows[table.header].cells if _DESTINED.search(cell.text)]
        if table.kind == "outlets" and any(not _NOT_DESTINED.search(head) for head in heads):
            cells = (row.cells.get("export_country") for row in table.rows)
            found += [country_field(cell, 0, len(cell.text), layout) for cell in cells if cell]
    return [field for field in found if field and field.value != _HOME]


def _under_other_words(layout: Layout) -> list[Field]:
    """Return countries that are a whole value whose label, an unknown one, speaks of a destination."""
    found = []
    for row in layout.rows:
        for index, cell in enumerate(row.cells):
            colon = _COLON.search(cell.text)
            if colon and colon.end() < len(cell.text.rstrip()):
                label, value, start = cell.text[: colon.start()], cell, colon.end()
            elif index + 1 < len(row.cells):
                label, value, start = cell.text, row.cells[index + 1], 0
            else:
                continue
            if len(label) <= LONGEST_LABEL and _DESTINED.search(label) and not _NOT_DESTINED.search(label):
                begin, stop = trimmed(value.text, start, len(value.text))
                fields = _countries_in(value, begin, stop, layout)
                if fields and sum(len(field.text) for field in fields) >= WHOLE_VALUE * (stop - begin):
                    found += fields
    return found


def _beside_exporting(layout: Layout) -> list[Field]:
    """Return countries that a word for exporting leads to, or that lead to one: "拟向X出口", "export to X".

    Nothing but such words may stand between: the country of a provider in the same sentence is no destination.
    """
    found = []
    cells = [cell for _, cell in layout.cells_outside_tables() if _EXPORTING.search(cell.text)]
    for cell in cells:
        for mention in layout.labels.countries.find(cell.text):
            led = any(
                _TO.fullmatch(_without_names(cell.text[verb.end() : mention.start]))
                for verb in _EXPORTING.finditer(cell.text, max(mention.start - NEAR_BEFORE, 0), mention.start)
            )
            leading = _LEADS.search(cell.text, 0, mention.start) and _EXPORTING.match(cell.text, mention.stop)
            field = country_field(cell, mention.start, mention.stop, layout) if led or leading else None
            found += [field] if field and field.value != _HOME else []
    return found


def _served_in(layout: Layout) -> list[Field]:
    """Return the countries in which sentences say that the vehicles are served: 为该等车辆在X提供, be provided in X."""
    found = []
    for _, cell in layout.cells_outside_tables():
        for mention in layout.labels.countries.find(cell.text):
            before, behind = _STATE_FORM.sub("", cell.text[: mention.start]), cell.text[mention.stop :]
            chinese = (_VEHICLE_IN.search(before) and _SERVED.match(behind)) or (
                _IN.search(before) and _FOR_VEHICLES.match(behind)
            )
            foreign = _SERVICE_IN.search(before) and _OF_VEHICLES.match(behind)
            if chinese or foreign or (_PROVIDED_IN.search(before) and _VEHICLES.search(cell.text)):
                field = country_field(cell, mention.start, mention.stop, layout)
                found += [field] if field and field.value != _HOME else []
    return found


def _without_names(text: str) -> str:
    """Return a text without the organisations in it: exported by X Co., Ltd. to Nigeria."""
    for one in reversed(find_organisations(text)):
        text = text[: one.start] + text[one.stop :].lstrip(".")
    return text


def _only_one_left(layout: Layout) -> tuple[Field, ...]:
    """Return the one country that stands alone in a cell, or in a sentence about vehicles; none where there are more.

    What speaks of service, outlets or how to reach them says where those are, not where the vehicles go.
    """
    found = []
    for _, cell in layout.cells_outside_tables():
        if _OF_OUTLETS.search(cell.text):
            continue
        for field in _countries_in(cell, 0, len(cell.text), layout):
            alone = len(field.text) >= WHOLE_VALUE * len(cell.text.strip())
            if field.value != _HOME and (alone or _VEHICLES.search(cell.text)):
                found.append(field)
    only = distinct(found)
    return only if len(only) == 1 else ()


def _only_one_named(layout: Layout) -> tuple[Field, ...]:
    """Return the one country that sentences name apart from addresses and outlets; none where there are more.

    What is sold into X, sent or made over there, used in X: whatever the words, a letter that names one country beside
    where its outlets lie speaks of where its vehicles go.
    """
    found = []
    for _, cell in layout.cells_outside_tables():
        for sentence in _SENTENCE.finditer(cell.text):
            if not _OF_PLACES.search(sentence.group()):
                found += _countries_in(cell, *sentence.span(), layout)
    only = distinct([field for field in found if field.value != _HOME])
    return only if len(only) == 1 else ()


def _labelled(layout: Layout) -> tuple[list[Field], Field | None]:
    fields: list[Field] = []
    nowhere = None
    for value in layout.values("export_country"):
        found = _countries_in(value.cell, value.start, value.stop, layout)
        if not found and is_code(value.text.strip().upper()):
            found = [value.cell.field(value.text.strip().upper(), value.start, value.stop)]
        if not found:  # 就上述车辆出口蒙古国事宜确认： and 关于确认出口泰国车辆 over 售后维修服务的函
            found = _countries_in(value.label_cell, value.label_start, _end_of_label(value), layout)
        fields += found
        if not found and value.marked:
            nowhere = value.cell.field(value.text, value.start, value.stop)
    for row in (row for table in layout.tables if table.kind == "vehicles" for row in table.rows):
        if "export_country" in row.cells:  # one cell may stand beside all vehicles
            cell = row.cells["export_country"]
            fields += _countries_in(cell, 0, len(cell.text), layout)
    return fields, nowhere


def _end_of_label(value: Labelled) -> int:
    """Return where a label ends: where its value begins, or with its cell."""
    return value.start if value.cell is value.label_cell else len(value.label_cell.text)


def _in_sentences(layout: Layout) -> list[Field]:
    found = []
    for cell in layout.flow:
        positions = [index for index, character in enumerate(cell.text) if not character.isspace()]
        compact = fold(cell.text)
        if len(compact) != len(positions):
            continue  # a character that changes its length in NFKC: labels and tables still stand
        for phrase in layout.labels.destinations:
            start = compact.find(phrase)
            if start >= 0 and start + len(phrase) < len(positions):
                begin = positions[start + len(phrase)]
                found += _first_countries(cell, begin, layout)
    return found


def _first_countries(cell: Cell, begin: int, layout: Layout) -> list[Field]:
    """Return the countries right after a phrase, up to the sentence's end: one, or several joined ones."""
    end = _ENDS.search(cell.text, begin)
    stop = min(end.start() if end else len(cell.text), begin + NEAR)
    return _countries_in(cell, begin, stop, layout, joined=True)


def _countries_in(cell: Cell, start: int, stop: int, layout: Layout, *, joined: bool = False) -> list[Field]:
    fields = []
    last = None
    for mention in layout.labels.countries.find(cell.text[start:stop]):
        between = cell.text[start + last : start + mention.start] if last is not None else ""
        if joined and last is not None and not _JOINS.match(between):
            break
        # "刚果(金)" inside "刚果": the gazetteer has taken the longest name already
        field = country_field(cell, start + mention.start, start + mention.stop, layout)
        if field:
            fields.append(field)
        last = mention.stop
    return fields
