"""Names of organisations in running text, told by the legal forms and trade words of many languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_FORMS = frozenset(
    re.findall(
        r"\S+",
        "llc llp lp ltd ltda limited inc incorporated corp corporation co company plc pllc pvt pte pty gmbh "
        "ag kg ohg ug sa sab sas sasu sarl sarlu eurl sprl sl slu srl spa spol sro as ab oy oyj aps asa bv nv "
        "kft zrt doo dd ad ood eood dno pt cv tbk bhd sdn lda eireli eirl sac saa saic fze fzco fzc fzllc "
        "dmcc wll bsc psc pjsc pjs jsc ojsc cjsc kk gk mmc asc qsc mchj xk hj ht ik ok sti ş aş şti a.ş tnhh "
        "cp ооо оао зао ао пао нао тоо жшс ип чп чуп суп соо сооо осоо ожчк ххк хк ббн ттк ҷдмм мчҷ жамк жчк "
        "scs snc gie est sae sole saog saoc kscc kscp scrl ooo too odo oao zao pao osoo",
    )
)
"""Legal forms without their full stops, small letters."""
_LEADING = frozenset(
    re.findall(
        r"\S+",
        "tnhh cp ооо оао зао ао пао тоо жшс ип чп чуп осоо ожчк pt cv sarl eurl sas ooo too odo oao zao pao osoo mchj",
    )
)
"""Forms that stand before the name as well."""
_TRADE = frozenset(
    re.findall(
        r"\S+",
        "auto autos automobile automobiles automotive automotriz otomotif otomotiv oto avto motor motors "
        "motores vehicle vehicles car cars service services servicio servicios servis serviço serviços garage "
        "garaje taller talleres workshop oficina atelier autoservice autoservicio center centre centro clinic "
        "dealer dealers dealership trading group talleres ateliers garages oficinas "
        "autocentro mecánica mecanica concesionario concessionária "
        "авто автосервис автоцентр сервис моторс мотор гараж станция "
        "центр техцентр сто awto hyzmat maintenance repair",
    )
)
"""Words that garages are called by: a capitalised run with one of them is a name where an outlet may stand."""
_JOINERS = frozenset(
    re.findall(
        r"\S+",
        "de del la el al da do dos das du des et e y and of the for & ve und i и van ty tô",
    )
)
_TOKEN = re.compile(r"[^\s,，;；:：()（）、。—\u4e00-\u9fff]+")
_GLUED_FORM = re.compile(
    r"(?<=[a-zа-я])(?:LLC|LLP|HJ|MChJ|SARL|GmbH|MMC|MChJ|SpA|FZE|FZCO|S\.A\.S|S\.A\.C|S\.L|S\.A|S\.R\.L|Ltda|Ltd|Lda|PJSC|JSC)\.?$"
)
_GLUED_LEAD = re.compile(r"(?:by|from|and|with|to|at)(?=[A-Z][a-z])")
"""Small words that lost the white before a name: rendered byLagos Bridge Motors Ltd."""
_ARABIC = re.compile(
    r"(?:شركة|مركز|ورشة|مؤسسة|كراج|معرض|محطة|وكالة)(?:\s+(?!في\s|على\s|هاتف|تلفون|و?عنوان|بعنوان)[\u0621-\u064a]+){2,6}"
)
"""An Arabic name begins with what it is: company, centre, workshop, establishment, garage, show-room, station, agency;
it is over before in, at, telephone, address."""
_CLOSING = {"«": "»", "“": "”", '"': '"', "„": "“"}
_CHINESE = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z0-9·&]|[（(][\u4e00-\u9fff]{2,8}[）)]){2,30}?"
    r"(?:有限责任公司|股份有限公司|有限公司|股份公司|公司|修理厂|维修厂|汽修厂|修配厂|机修厂|制造厂|汽车厂|总厂|工厂|"
    r"(?:服务|维修|修理|养护|保养|检修|快修|售后|汽修)(?:站|中心|店|部(?![分位件门])|行(?![业为驶])|所(?![有需列述在示涉属]))|(?:汽车|维修|修理|汽修)(?:工坊|车间|工场)|汽车中心|汽车诊所|诊所|"
    r"汽配店|服务处|服务社|技术中心|车行|专营店|4S店|汽修(?![\u4e00-\u9fff]))"
    r"(?![\u4e00-\u9fff]{0,2}(?:公司|中心))"
)
_CHINESE_LEAD = re.compile(
    r"^.*(?:由|委托|(?:(?<=[司厂方业部已经将特现拟并我])|(?<![\u4e00-\u9fff]))授权|指定|通过|(?<![^司厂方业部已将拟同现特兹])联合(?!汽|机动|商用|乘用)|名为|即为|单位为|网点为|服务商为|提供方为|我公司在|我司在|当地的|合作伙伴|(?<![埃尔])及|以及|、|“|：|:)"
)
"""What leads to a Chinese name; 联合 does behind who joins (我公司联合X公司) and 授权 behind who
entrusts, else they are words of a name (杜尚别授权服务站)."""
_BRANCH = re.compile(
    r"\s?[(（](?:[\u4e00-\u9fffA-Za-z·]{0,12}(?:店|站|分公司|分部|支部|分厂|网点|分中心|服务部|展厅|办事处)"
    r"|(?:[^\W\d_][\w'’.-]*[\s-]+){0,4}(?:branch|shop|store|showroom|outlet|workshop|dealership|division|department|filial|филиал|sucursal|filiale|succursale"
    r"|şubesi|şube)(?:\s(?:in|of|en|de|à|в)?\s?[^\W\d_][\w'’.-]*){0,2})\s?[)）]",
    re.I,
)
"""The shop or branch in brackets behind a name is a part of it: X汽车公司（Y店）, X LLC (Y Branch)."""
_SMALL_WORD = re.compile(r"[a-zà-ÿ]+\s*(?=[\u4e00-\u9fff])")
"""The end of a sentence in another language before a Chinese name."""
_ZEROS = re.compile(r"t?0{2,3}")
_FORM_OF_ZEROS = re.compile(r"(?P<form>[TТ]?0{2,3})[.\s]*(?P<behind>[\"«“”]?(?P<first>[^\W\d_]))")
"""OOO and TOO as readers see them."""
_IN_CYRILLIC = str.maketrans({"O": "О", "T": "Т"})
SHORTEST, LONGEST = 4, 90
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A name at characters `start` to `stop`; `formed` where it carries a legal form."""

    start: int
    stop: int
    formed: bool


def find_organisations(text: str) -> tuple[Organisation, ...]:
    """Return the organisations named in `text`, in order, without overlaps.

    >>> text = 'our partner Gulf Star Auto LLC, located in Dubai'
    >>> [text[o.start:o.stop] for o in find_organisations(text)]
    ['Gulf Star Auto LLC']
    >>> text = '维修由ТОО «Дала Мотор»和比什凯克汽车服务公司承担'
    >>> [text[o.start:o.stop] for o in find_organisations(text)]
    ['ТОО «Дала Мотор»', '比什凯克汽车服务公司']
    """
    arabic = (Organisation(*match.span(), formed=match.group().startswith("شركة")) for match in _ARABIC.finditer(text))
    found = sorted([*_with_words(text), *_chinese(text), *arabic], key=lambda one: (one.start, -one.stop))
    kept: list[Organisation] = []
    for one in found:
        if not kept or one.start >= kept[-1].stop:
            kept.append(_with_bracket(text, one))
    return tuple(kept)


def _with_bracket(text: str, one: Organisation) -> Organisation:
    """Return a name with the bracket that it opens closed, and with the shop or branch in brackets behind it."""
    stop = one.stop
    name = text[one.start : stop]
    if (name.count("(") > name.count(")") or name.count("（") > name.count("）")) and text[stop : stop + 1] in (
        ")",
        "）",
    ):
        stop += 1
    branch = _BRANCH.match(text, stop)
    return replace(one, stop=branch.end() if branch else stop)


def _chinese(text: str) -> list[Organisation]:
    found = []
    for match in _CHINESE.finditer(text):
        lead = _CHINESE_LEAD.match(match.group())
        start = match.start() + (lead.end() if lead else 0)
        inside = lead is not None or text[: match.start()].strip(" .．、)）") != ""
        loose = "和与及由在向·&0123456789" if inside else "·&0123456789"
        start += len(text[start : match.end()]) - len(text[start : match.end()].lstrip(loose))
        small = _SMALL_WORD.match(text, start)
        start = small.end() if small else start
        if match.end() - start > 3:
            found.append(Organisation(start, match.end(), formed="公司" in match.group()))
    return found


def _with_words(text: str) -> list[Organisation]:
    """Return the capitalised runs of a script with words that hold a legal form or a trade word."""
    tokens = [(m.start() + _led_by(m.group()), m.end()) for m in _TOKEN.finditer(text)]
    found = []
    number = 0
    while number < len(tokens):
        stop = _run(text, tokens, number)
        if stop > number:
            keys = [_key(text[a:b]) for a, b in tokens[number:stop]]
            glued = bool(_GLUED_FORM.search(text[tokens[number][0] : tokens[stop - 1][1]]))
            formed = glued or any(key in _FORMS for key in keys)
            begin, end = tokens[number][0], tokens[stop - 1][1]
            capital = zip(keys, tokens[number:stop], strict=True)
            traded = any(key in _TRADE and not text[a].islower() for key, (a, _) in capital)
            if (formed or traded) and SHORTEST <= end - begin <= LONGEST and (stop - number > 1 or glued):
                found.append(Organisation(begin, end, formed))
        number = max(stop, number + 1)
    return found


def _led_by(token: str) -> int:
    """Return how many characters of a token are a small word that lost the white behind it."""
    lead = _GLUED_LEAD.match(token)
    return lead.end() if lead else 0


def _run(text: str, tokens: list[tuple[int, int]], first: int) -> int:
    """Return the index after the tokens from `first` on that can be one name; `first` where none can be."""
    number = first
    quote = ""
    while number < len(tokens):
        start, stop = tokens[number]
        token = text[start:stop]
        if number > first and not quote and not _joined(text, tokens[number - 1][1], start, stop):
            break
        if not quote and not _may_belong(token, at_start=number == first):
            break
        if number > first + 1 and not quote and _is_complete(text, tokens, number):
            break
        opened = next((c for c in token if c in _CLOSING), "")
        if opened and not quote and _CLOSING[opened] not in token[token.index(opened) + 1 :]:
            quote = _CLOSING[opened]
        elif quote and quote in token:
            quote = ""
        number += 1
    while number > first and _key(text[slice(*tokens[number - 1])]) in _JOINERS:
        number -= 1
    return number


def _is_complete(text: str, tokens: list[tuple[int, int]], number: int) -> bool:
    """Return whether a name ended with the legal form before token `number`: another form may follow, no word."""
    keys = [_key(text[a:b]) for a, b in tokens[number - 1 : number + 2]]
    return keys[0] in _FORMS - _LEADING and not any(key in _FORMS for key in keys[1:])


def _joined(text: str, end: int, start: int, stop: int) -> bool:
    """Return whether two tokens stand in one name: white, the comma before a legal form, a bracketed word."""
    between = text[end:start]
    if between.isspace():
        return True
    bracketed = (between.strip() in "(（" and text[stop : stop + 1] in ")）") or between.strip() in (")", "）")
    return bool(between.strip()) and (bracketed or (between.strip() in ",，" and _key(text[start:stop]) in _FORMS))


def _may_belong(token: str, *, at_start: bool) -> bool:
    if any("\u4e00" <= character <= "\u9fff" for character in token):
        return False
    key = _key(token)
    if key in _FORMS or key in _TRADE:
        return True
    first = next((character for character in token if character.isalnum()), "")
    if not at_start and (key in _JOINERS or token in ("&", "-")):
        return True
    return first.isupper() or (first.isdigit() and not at_start and len(token) <= 3 and token.isalnum())


def _key(token: str) -> str:
    key = re.sub(r"[.«»“”\"'’„-]", "", token).casefold()
    return key.replace("0", "o") if _ZEROS.fullmatch(key) else key


def with_form_spelt(name: str) -> str:
    """Return a name whose legal form was read as zeros with its letters, in the name's own script: 000 Avtoregion.

    >>> with_form_spelt("000 Avtoregion Servis"), with_form_spelt("000. «Махер-Моторс»"), with_form_spelt("T00 Alatau")
    ('OOO Avtoregion Servis', 'ООО «Махер-Моторс»', 'TOO Alatau')
    """
    read = _FORM_OF_ZEROS.match(name)
    if read is None:
        return name
    cyrillic = "\u0400" <= read["first"] <= "\u04ff"
    form = read["form"].replace("0", "O")
    return (form.translate(_IN_CYRILLIC) if cyrillic else form) + " " + name[read.start("behind") :]
