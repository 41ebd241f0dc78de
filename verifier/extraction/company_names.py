"""Legal names of companies in a cell: up to their legal form, without what leads to them."""

from __future__ import annotations

import re

from verifier.extraction.cells import Cell
from verifier.extraction.values import text_field
from verifier.formats.chinese import has_chinese
from verifier.formats.dates import find_dates
from verifier.formats.names import LEGAL_FORM
from verifier.formats.organisations import find_organisations
from verifier.letter import Field

ZH_FORMS = "有限责任公司|有限責任公司|股份有限公司|集团有限公司|有限公司|集团公司|股份公司|总公司|制造厂|汽车厂|总厂"
_AS_NAMES_HAVE_IT = r"Co\.?\s?,?\s?Ltd\.?|Company\s?Limited|Limited|Ltd\.|Corporation|Corp\.|Inc\."
_IN_CAPITALS = r"CO\.?\s?,?\s?LTD\.?|COMPANY\s?LIMITED|LIMITED|LTD\.|CORPORATION|CORP\.|INC\."
_EN_FORM = rf"{_AS_NAMES_HAVE_IT}|{_IN_CAPITALS}|GmbH|AG|LLC|S\.A\."
_EN_FORMS = rf"(?:{_EN_FORM})(?:,?\s?(?:{_EN_FORM}|Co\.|CO\.))*|Works\b|Factory\b"
ZH_NAME = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9（）()·・—–－\s-]{{2,40}}?(?:{ZH_FORMS})")
_FORM_AGAIN = re.compile(rf"\s?(?:{ZH_FORMS})|,?\s?(?:{_EN_FORMS}|Ltd\.?)(?![a-z])")
"""…汽车制造厂有限责任公司, … Group Corp., Ltd.: what looked like the legal form was a word of the name."""
_CAPITAL, _LETTERS = "A-ZÀ-ÖØ-Þ", "A-Za-zÀ-ÖØ-öø-ɏẠ-ỹ"
EN_NAME = re.compile(rf"[{_CAPITAL}][{_LETTERS}0-9&.,'’()\- ]{{3,80}}?(?:{_EN_FORMS})(?![a-z])")
_UNIT = re.compile(
    r"(?!兹|由|特此|我|本)(?:(?![的由在于关为了对经确认证明])[\u4e00-\u9fffA-Za-z0-9（）()]){0,14}?"
    r"(?:分公司|子公司|事业部|业务部|海外部|国际部|出口部|销售部|营销部|销售公司|营销公司|乘用车公司|商用车公司|中心|办事处|工厂|厂)"
    r"(?![\u4e00-\u9fff])"
    r"|,?\s?(?:[A-Z][A-Za-z&-]+\s?){0,4}(?:Branch|Division|Department|Dept\.|Plant|Factory|Works|Office)(?![a-z])"
)
"""What may stand right behind a legal form and be part of who signs: a branch, a department, a plant."""
_SIGNING = (
    r"(?:(?:duly|signed|sealed|executed|issued|certified|confirmed|authori[sz]ed|given|stamp(?:ed)?|seal|chop|signature|"
    r"representative|company|corporate|official|manufacturer(?:['’]s)?|undersigned|in|on|for|and|by|the|name|behalf|of|per|"
    r"account|hereby|yours|faithfully|sincerely|truly|(?:for\s?and\s?)?on\s?behalf\s?of)\b[\s,:.()/&-]*)"
)
"""Words of an English closing before the name that signs, those that lost the white between them, too."""
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
_GOES_ON = re.compile(r"[\s（(就由为对与和向将受应]")
"""What stands behind a whole name and before another: 我公司X有限公司就Y有限公司出口的车辆."""
_SENTENCE_WORDS = re.compile(r"\b(?:was|were|is|are|for|by|has|have|that|this|which|from|under)\b")
TOP_ROWS = 6
"""Rows of the letterhead."""


def _is_twin(name: str, behind: str) -> bool:
    """Return whether what stands behind a Chinese name is an English one, no unit: …制造厂 Huaxin Automobile Works."""
    return has_chinese(name) and EN_NAME.fullmatch(behind.strip(" ,")) is not None


def company_alone(cell: Cell) -> Field | None:
    """Return the company name that is all a cell holds, but for a seal word, a label or a date."""
    text = cell.text
    field = name_in(cell, 0, len(text))
    if field is None:
        return None
    rest = text.replace(field.text, "", 1)
    for mention in reversed(find_dates(rest)):
        rest = rest[: mention.start] + rest[mention.stop :]
    rest = re.sub(rf"^\s*{_SIGNING}+", "", _SEAL_WORD.sub("", rest), flags=re.I)
    if has_chinese(field.text) and _is_twin(field.text, rest):
        return field
    return field if len(re.sub(r"[\W_]", "", rest)) <= max(8, 0.35 * len(field.text)) else None


def _led_to(text: str, begin: int, start: int, end: int) -> bool:
    """Return whether words of a sentence lead from one place to a name: It was drawn up for X Co., Ltd."""
    return begin < start < end and bool(_SENTENCE_WORDS.search(text, begin, start))


def name_in(cell: Cell, start: int, stop: int) -> Field | None:
    """Return the company name in a range: up to and including its legal form, without what leads to it."""
    text = cell.text[start:stop]
    match = ZH_NAME.search(text) or EN_NAME.search(text)
    if match is None or not LEGAL_FORM.search(match.group()):
        return None
    begin, end = match.span()
    # a longer legal name may go on: "…集团有限公司" inside "…集团有限公司汽车制造厂"
    while (longer := ZH_NAME.match(text, begin)) and (more := ZH_NAME.match(text[end:])) and longer:
        if more.start() or _LEAD.match(text[end:]) or _GOES_ON.match(text[end:]):
            break
        end += more.end()
    form = _FORM_AGAIN.match(text, end)
    end = form.end() if form else end
    unit = _UNIT.match(text, end)
    end = unit.end() if unit and not _is_twin(text[begin:end], unit.group()) else end
    lead = _LEAD.match(text[begin:end])
    begin += lead.end() if lead else 0
    begin = max(begin, *(one.start for one in find_organisations(text) if _led_to(text, begin, one.start, end)), 0)
    while begin < end and text[begin] in " )）":
        begin += 1
    return text_field(cell, start + begin, start + end)
