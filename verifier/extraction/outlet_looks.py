"""What the pieces of an outlet look like: a provider's name, an address, a person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verifier.extraction.cells import BULLETS, Cell
from verifier.extraction.label_places import label_places, trimmed
from verifier.extraction.layout import Layout
from verifier.formats.chinese import has_chinese
from verifier.formats.dates import find_dates
from verifier.formats.organisations import Organisation, find_organisations
from verifier.formats.phones import AS_PHONE, find_phones

ITEM = re.compile(
    r"^\s*(?:(?:答复|回答|答|确认内容|回复|A|Answer|Ответ)\s*\d{0,2}\s*[:：]|\d{1,2}\.\d{1,2}\s*(?=[^\W\d_])|[(（]?(?:[A-ZА-Я]?-?\d{1,2}(?:\.\d{1,2})?|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）.、．:：](?!\d)|[A-ZА-Я]-?\d{1,2}\s+|[(（][—–-][)）]|[①-⑳"
    + BULLETS
    + r"*·–—-])\s*"
)
_CUTS = re.compile(
    r"[,，‚](?!\s?(?:Ltd|Inc|LLC|L\.L\.C|S\.\s?A|S\.?A\.?R\.?L|GmbH|Corp|Limited|Lda|Ltda)\b)\s*|[;；|،]\s*|[（(]\s*|[)）]\s*"
    r"|(?<=[号室层楼座栋院])\s+(?=[^\W\d_])|(?<!\d)/|/(?!\d)|\s[-–—]\s|—\s|\s—|(?<=[号室层楼\d])[—–](?=[^\W\d_])|\s{2,}|[。]|\.\s(?=[A-ZА-Я]\w{2,}\s+(?:\w+\s+)*\w+\s*$)",
    re.I,
)
"""Between the parts of an item; a comma before a legal form belongs to the name, a stroke in 47/1 to the address. A
Chinese address that ends with its house and a space behind it is over."""
_PHONE_WORD = re.compile(
    r"(?:联系|服务)?(?:电话|热线|手机)|\b(?:tel(?:ephone)?|phone|mob(?:ile)?|hotline|t)\b\.?|тел(?:ефон)?\.?", re.I
)
_ADDRESS_LEAD = re.compile(
    r"^\s*(?:(?:whose|which|with|its|their|and|the)\b[^,]*?\b(?:at|in)(?=\s+[A-Z0-9])|(?:is\s+)?(?:located|situated|based)\s+(?:at|in)|(?:of|at)\b|address(?:ed)?(?:\s+is)?|位于|地处|其?地址(?:为|是|[:：])?|坐落于|设在|设于|"
    r"расположен\w*\s+по\s+адресу|по\s+адресу|адрес|(?:ubicado|con domicilio|domiciliado|con sede|sito)\s+en|"
    r"sis[e]?\s+(?:à|au))\s*[:：]?\s*",
    re.I,
)
ADDRESS_WORD = re.compile(
    r"\d+\s*号|[路街道巷区市州省](?![\u4e00-\u9fff]{0,2}(?:公司|中心))|\b(?:st(?:reet)?|road|rd|ave(?:nue|nida)?|av|highway|lane|"
    r"blvd|boulevard|bulevar|plot|block|shop|warehouse|building|bldg|floor|zone|district|industrial|area|km|no|rue|calle|carrera|"
    r"jl|jalan|unit|street|ul|prospekt|p\.?o\.?\s?box)\b|\b(?:ул|пр|просп|г|д|шоссе|улица|проспект|көшесі)\b\.?"
    r"|شارع|طريق|منطقة|المنطقة|الصناعية",
    re.I,
)
_LEADS_TO_NAME = re.compile(
    r"[。；;]|(?:售后|维修|服务|保养)[^，,。；;]{0,8}?(?:由|委托|授权)|(?:由|委托|授权)(?=[^\s\u4e00-\u9fff])"
)
"""Ends of what leads to a provider's name in a sentence: "…的售后维修由NAME（地址：…）承担"."""
_ENTRUSTS = re.compile(
    r"\s*(?:(?:已|现|特|兹|拟|正式|共同)*(?:委托|授权|指定|委派|聘请|选定|联合|协同|会同|与|和)|(?:has|have|hereby|duly)*\s*"
    r"(?:appoint|authori[sz]|entrust|engag|designat|commission)\w*|поручает|уполномочивает|autoriza|designa|autorise|désigne)",
    re.I,
)
"""What follows a company that has others do the service: the one behind it is the outlet."""
STREET_WORD = re.compile(
    r"\d\s*$|^\s*\d|\b(?:st|street|road|rd|ave|avenue|avenida|av|route|rue|calle|carrera|highway|lane|blvd|boulevard|bulevar|"
    r"drive|jalan|jl|prospekt|prospekti|ul|way|autopista|corniche)\b|\b(?:ул|пр|просп|шоссе|улица|проспект|көшесі)\b",
    re.I,
)
"""Parts of an address that name a street or a house: what they are called after is no place they lie in."""
_DOES = re.compile(r"(?:承担|负责|提供|实施|执行|承接|受理)")
"""What a provider does: its name ends before that."""
_POINTS = re.compile(
    r"(?:下列|以下|下述|如下|上述|前述|该|各)(?!.{0,8}(?:公司|厂))|.{0,40}?(?:确认[书函]|许可证|我公司|我司|特此)"
)
"""Words that point to who is named elsewhere (下列机构), and those of a sentence about the letter itself."""
_NO_PLACE = re.compile(r"确认|维修|承担|负责|提供|本函|有效|出口|车辆|\bpage\b", re.I)
"""Words that no address has."""
_LED = re.compile(
    r"(?:位于|地处|坐落于|设在|设于|located (?:at|in)|адресу:?|domicilio en|situé[e]? (?:à|au))\s*$", re.I
)
"""What leads to an address."""
_LABEL_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,5}\s?[:：]\s*|(?:[A-Za-z]{3,9}\s)?[Aa]d+r\w{0,5}\s?[:：]\s*")
"""A label before an address that was not read as one: 经营地：, 地：, Full adres:."""
_HOUSE = re.compile(r"^(?:д\.?|дом|no\.?|№)?\s*\d{1,4}[A-Za-zА-я]?(?:[/-]\d{1,3}[A-Za-zА-я]?)?\.?$", re.I)
_ENDED = re.compile(r"(?:\d|[^\W\d_]{4})\.$")
"""A house or a town at the end of a sentence, whose stop is not its own; N.L. and Str. keep theirs."""
_TOWN = re.compile(r"^(?:(?:[A-Z]\.\s?){2,4}|[^\W\d_a-z][^\W\d_]*|[^\W\d_a-z][^\W\d_]*\s+City)$")
_SMALL_WORDS = re.compile(r"(?<![^\W\d_])[a-zà-ÿа-я]{2,}")
FEWEST_SMALL = 2
"""Small words before a name that are a sentence's."""
PERSON = re.compile(
    r"^(?:(?:Sr\.?(?:/Sra\.?)?|Sra\.?|Mrs?\.?(?:/Ms\.?)?|Ms\.?|Mme\.?|M\.|Eng\.?|Ing\.?|Dr\.?|г-н|г-жа|Ông|Bà|Anh|Chị)\s*)?"
    r"[A-ZА-ЯЁ][\w'’-]*\.?(?:(?:(?<=\.)\s*|\s+|(?:(?<=[a-zа-я])|(?<=[a-zа-я]-))(?=[A-ZА-ЯЁ]))[A-ZА-ЯЁ][\w'’-]*\.?){1,3}\s*$"
)
_DATE_REST = re.compile(r"^[\d〇○一二三四五六七八九十廿年\s]*月?\s*[\d一二三四五六七八九十廿]{1,3}\s*[日号]$")
"""What is left of a closing date that a seal or pen half hides: 年三月四日; 日 alone would name Japan."""
_MONTH = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?,?\s+20\d\d",
    re.I,
)
"""What is left of a date that a line's end broke off: September 2026."""
_GROUP_MARKS = ("【", "〖", "■", "◆")
"""What begins a heading over a group of outlets: 【Nairobi】."""
_BETWEEN_TWINS = re.compile(r"\s{0,2}[(（]?\s?")
"""Between a name and the same one in another script."""
_BRACKET_OPENS = re.compile(r"[^,，;；:：()（）]{0,30}[(（]\s?")
_IN_BRACKETS = re.compile(r"\s?[(（](?P<town>[^()（）\d:：]{2,24})[)）]")
LONGEST_NAME, LONGEST_TAIL, LONGEST_ADDRESS = 80, 30, 120
"""Characters."""
MOST_SMALL_WORDS = 0.5
"""Share of words with a small first letter from which a text is a sentence, not an address."""


def person_range(cell: Cell, start: int, stop: int, layout: Layout) -> tuple[int, int] | None:
    """Return the last piece before a telephone that is two to four capitalised words and no place."""
    for piece in reversed(pieces(cell, start, stop)):
        text = cell.text[slice(*piece)]
        if PERSON.match(text) and not layout.labels.places.find(text) and not layout.labels.countries.find(text):
            return piece
    return None


def name_range(cell: Cell, start: int, stop: int, layout: Layout, *, listed: bool) -> tuple[int, int] | None:
    """Return the organisation of a stretch; in an item without one, what stands before its first separator."""
    text = cell.text[start:stop]
    found = [one for one in find_organisations(text) if one.stop - one.start <= LONGEST_NAME]
    formed = [one for one in found if one.formed] or found
    formed = [one for one in formed if not _ENTRUSTS.match(text, one.stop)] or formed
    if formed and (around := _around_bracket(text, found, formed[0])):
        return start + around[0], start + around[1]
    if formed:
        begin, end = _with_lead(cell, start, start + formed[0].start, start + formed[0].stop, layout, listed=listed)
        return _with_place(cell, *_with_twin(cell, begin, end, start, stop), stop, layout)
    if not listed:
        return None
    _, stop = trimmed(cell.text, start, stop)
    lead = max((m.end() for m in _LEADS_TO_NAME.finditer(cell.text, start) if m.end() < stop), default=start)
    cut = _CUTS.search(cell.text, lead, stop)
    verb = _DOES.search(cell.text, lead + 1, cut.start() if cut and cut.start() > lead else stop)
    end = verb.start() if verb else cut.start() if cut and cut.start() > lead else stop
    begin, end = trimmed(cell.text, lead, end)
    begin, end = _without_brackets(cell.text, begin, end)
    plain = 1 < end - begin <= LONGEST_NAME and not find_phones(cell.text[begin:end])
    plain = plain and not _POINTS.match(cell.text, begin)
    return (begin, end) if plain and not re.search(r"[。:：]", cell.text[begin:end]) else None


def _around_bracket(text: str, found: Sequence[Organisation], inner: Organisation) -> tuple[int, int] | None:
    """Return where a name stands that has who runs the place in brackets: Vega Service Dakar (Baobab SARL)."""
    if text[inner.stop : inner.stop + 1] not in (")", "）"):
        return None
    outer = next((one for one in found if _BRACKET_OPENS.fullmatch(text, one.stop, inner.start)), None)
    return (outer.start, inner.stop + 1) if outer else None


def _with_twin(cell: Cell, begin: int, end: int, start: int, stop: int) -> tuple[int, int]:
    """Return a name with the one in another script right before or behind it: 金轮汽车公司 Golden Wheel Co., Ltd."""
    text = cell.text
    for one in find_organisations(text[start:stop]):
        first, last = start + one.start, start + one.stop
        if has_chinese(text[first:last]) == has_chinese(text[begin:end]):
            continue
        if first >= end and _BETWEEN_TWINS.fullmatch(text, end, first):
            end = last + (text[last : last + 1] in (")", "）") and bool(text[end:first].strip()))
        elif last <= begin and _BETWEEN_TWINS.fullmatch(text, last, begin):
            end += text[end : end + 1] in (")", "）") and bool(text[last:begin].strip())
            begin = first
    return begin, end


def _with_place(cell: Cell, begin: int, end: int, stop: int, layout: Layout) -> tuple[int, int]:
    """Return a name with the town in brackets right behind it: 金星汽车维修有限公司（比什凯克）."""
    bracket = _IN_BRACKETS.match(cell.text, end, stop)
    named = layout.labels.places.find(bracket["town"]) if bracket else ()
    if bracket and any(one.stop - one.start >= len(bracket["town"].strip()) for one in named):
        return begin, bracket.end()
    return begin, end


def split_name(cell: Cell, start: int, stop: int, layout: Layout) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """Return the ranges of name and address in a value that may hold both."""
    name = name_range(cell, start, stop, layout, listed=True) or (start, stop)
    return name, address_range(cell, name[1], stop, layout)


def _with_lead(cell: Cell, start: int, begin: int, end: int, layout: Layout, *, listed: bool) -> tuple[int, int]:
    """Return an organisation's range grown to the separators around it in an item: "Cửa hàng X LLC"."""
    if not listed or has_chinese(cell.text[begin:end]):
        return begin, end
    left = cell.text[start:begin]
    foreign = has_chinese(left) == has_chinese(cell.text[begin:end])
    if (
        len(left) <= LONGEST_TAIL
        and foreign
        and not _CUTS.search(cell.text, start, begin)
        and not left.rstrip().endswith((":", "："))
        and not _LEADS_TO_NAME.search(left)
        and len(_SMALL_WORDS.findall(left)) < FEWEST_SMALL
    ):
        begin, _ = trimmed(cell.text, start, end)
    cut = _CUTS.search(cell.text, end)
    tail = cell.text[end : cut.start() if cut else len(cell.text)]
    same = has_chinese(tail) == has_chinese(cell.text[begin:end])
    plain = same and len(tail) <= LONGEST_TAIL and not any(map(str.isdigit, tail)) and not _PHONE_WORD.search(tail)
    if plain and tail.strip(" .") and not layout.labels.places.find(tail) and not _ADDRESS_LEAD.match(tail):
        _, end = trimmed(cell.text, begin, end + len(tail))
    return begin, end


def _without_brackets(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[stop - 1] in "(（[":
        stop -= 1
    return start, stop


def address_range(cell: Cell, start: int, stop: int, layout: Layout) -> tuple[int, int] | None:
    """Return the pieces from the first to the last that look like an address, before any telephone or contact."""
    begin = start
    kept: list[tuple[int, int]] = []
    for piece in pieces(cell, begin, stop):
        text = cell.text[slice(*piece)]
        if _PHONE_WORD.search(text) or find_phones(AS_PHONE + text) or _is_labelled(cell, piece, layout):
            town = _town_at_head(cell, piece, layout)
            kept += [town] if kept and town else []
            if kept:
                break
            continue
        lead = _ADDRESS_LEAD.match(text)
        piece = (piece[0] + lead.end(), piece[1]) if lead else piece
        if piece[0] < piece[1]:
            kept.append(piece)
    led = [number for number, piece in enumerate(kept) if _LED.search(cell.text[: piece[0]])]
    kept = kept[led[0] :] if led else kept
    while kept and _NO_PLACE.search(cell.text[slice(*kept[0])]):
        kept.pop(0)
    while len(kept) > 1 and _is_person_behind(cell.text, kept[-1]):
        kept.pop()
    while len(kept) > 1 and not _ends_address(cell.text, kept[-1], layout):
        kept.pop()
    if not kept:
        return None
    label = _LABEL_BEFORE.match(cell.text, kept[0][0], kept[-1][1])
    found = trimmed(cell.text, label.end() if label else kept[0][0], kept[-1][1])
    found = _without_brackets(cell.text, *found)
    if _ENDED.search(cell.text, *found):
        found = found[0], found[1] - 1
    return found if looks_like_address(cell.text[slice(*found)], layout) else None


def _town_at_head(cell: Cell, piece: tuple[int, int], layout: Layout) -> tuple[int, int] | None:
    """Return the place that a piece with a person or telephone begins with: "…, Dakar Awa Ndiaye +221 …"."""
    named = layout.labels.places.find(cell.text[slice(*piece)])
    return (piece[0], piece[0] + named[0].stop) if named and named[0].start == 0 else None


def _is_person_behind(text: str, piece: tuple[int, int]) -> bool:
    """Return whether a piece behind a stroke or semicolon is a person's name: towns follow commas."""
    return bool(PERSON.match(text[slice(*piece)])) and text[: piece[0]].rstrip()[-1:] in "|;；"


def _ends_address(whole: str, piece: tuple[int, int], layout: Layout) -> bool:
    """Return whether a piece may be the last of an address: a place, a street, a house number, one word of a name."""
    text = whole[slice(*piece)]
    if _TOWN.match(text) and whole[: piece[0]].rstrip()[-1:] in ",，":
        return True
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
    words = [word for word in re.findall(r"[^\W\d_]+\.?", text) if not "\u4e00" <= word[0] <= "\u9fff"]
    small = sum(word[0].islower() and not word.endswith(".") for word in words)  # г., ул., д. are no sentence's
    if len(text) > LONGEST_ADDRESS or (len(words) > 3 and small > MOST_SMALL_WORDS * len(words)):
        return False
    if _NO_PLACE.search(text) or find_dates(text) or text.startswith(_GROUP_MARKS):
        return False
    if _DATE_REST.match(text) or _MONTH.fullmatch(text.strip(" .")):
        return False
    named = layout.labels.places.find(text) or layout.labels.countries.find(text)
    return bool(named or ADDRESS_WORD.search(text) or (words and re.search(r"\d", text)))
