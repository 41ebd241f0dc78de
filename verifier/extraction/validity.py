"""Until when a letter holds."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from itertools import pairwise

from verifier.extraction.cells import Cell
from verifier.extraction.counts import count_of
from verifier.extraction.layout import Layout
from verifier.extraction.values import date_field
from verifier.formats.dates import find_dates
from verifier.letter import Field

_DURATION = re.compile(
    r"(?P<count>(?<!\d)\d{1,3}|[一二三四五六七八九十半]{1,3})\s*(?:个|個)?\s*(?P<unit>年|月|日|天|years?|months?|days?|лет|год[а]?|месяц\w*|дн\w+)",
    re.I,
)
_PERIOD = re.compile(
    rf"(?:自[^，,。；;]{{2,12}}起\s*{_DURATION.pattern}\s*(?:之)?内?\s*有效|valid\s+for\s+(?:a\s+period\s+of\s+)?"
    rf"{_DURATION.pattern.replace('?P<count>', '?P<count2>').replace('?P<unit>', '?P<unit2>')})",
    re.I,
)
OF_VALIDITY = re.compile(
    r"有效|期限|失效|到期|终止|截止|届满|\bends?\b|\buntil(?![^\W\d_])|\b(?:is)?valid|\blaps\w+|\bexpir\w+"
    r"|\bin force\b|\beffective\b|действ\w+|срок\w*|истека\w+|valab\w+|expire\w*|v[áa]lid\w+|vigen\w+"
    r"|vigor\b|expir\w+|vence\w*|caduc\w+|hi[ệe]u l[ựu]c|صالح\w*|سار"
    r"|用到|承诺期|即至|(?:到|至)[^。；]{2,16}止|时限|期至|截至|可用至|管到|\bceas\w+|\beffect\b|\bperiod\b"
    r"|\bthrough(?![^\W\d_])|\bhonou?r|\bexp\.|\bup to\b|\bloses?\b|\bterm\b|годн\w+|теряет|\bhasta\b|\brige\b"
    r"|\befectos\b|\bjusqu\w*|\baté\b|\bamal\s+qil\w+|жарамды\w*|\bge[çc]erli\w*|\bberlaku\b|хүчинтэй|хүртэл",
    re.I,
)
"""Words that speak of how long a letter holds, in whatever sentence."""
_THROUGH = re.compile(
    r"\W*(?:起|之日起|г\.)?\s*(?:开始)?\s*(?:至|到|until|till|through|to|hasta|al|jusqu['’]au|au|до|по|até|a|—|–|~|～|-)\W*\s*(?=\S*\d)",
    re.I,
)
"""What joins the first day of a period to its last: 自2026年5月12日起至2027年5月11日止."""
_FROM, _HOLDS = re.compile(r"[自从于]\s*$"), re.compile(r"\s*(?:起|之日起|开始)?[^。；，,至到]{0,4}(?:生效|施行|执行)")
_HOLDS_FROM = re.compile(
    r"(?:\b(?:valid|effective|in\s+force|takes?\s+effect|comes?\s+into\s+(?:force|effect))\s+(?:as\s+)?(?:from|of|on)(?:\s+the)?"
    r"|(?:вступ\w+\s+в\s+силу|действ\w+)\s+(?:с|начиная\s+с)|(?:v[aá]lid[oa]|efectos|vigor|vigencia)\s+a\s+partir\s+del?"
    r"|(?:valable|effet|vigueur)\s+à\s+(?:compter|partir)\s+du)\s*$",
    re.I,
)
"""自2026年9月1日起生效, effective from 1 September 2026."""
_DURING = re.compile(r"\W*(?:期间|期内|之间|内)")
_OF_SERVICE = re.compile(r"售后|维修|保养|服务")
_SENTENCE = re.compile(r"[^。;；]+")
_YEAR = re.compile(r"20\d\d")
FEWEST_DIGITS = 6
"""Digits of what was meant as a day: 2026-3-1 has six."""
NEAR_DATE = 28
"""Characters after "valid until" within which the date stands."""


def find_validity(layout: Layout, issued_on: Field | None) -> Field | None:
    """Return the last day of validity, stated as a date or as a time from the day of issue; an earlier one up to which
    alone the service is given comes first.
    """
    stated = _stated_validity(layout, issued_on)
    served = next((field for cell in layout.flow if (field := _end_of_service(cell))), None)
    return served if served and (stated is None or served.value < stated.value) else stated


def _stated_validity(layout: Layout, issued_on: Field | None) -> Field | None:
    for value in layout.values("valid_until"):
        dates = find_dates(value.text)
        if dates:
            last = dates[-1]
            return value.cell.field(
                last.value.isoformat(),
                value.start + last.start,
                value.start + last.stop,
                doubt="ambiguous" if last.ambiguous else None,
            )
        duration = _DURATION.search(value.text)
        if duration and issued_on:
            until = _after(date.fromisoformat(issued_on.value), duration)
            return value.cell.field(until.isoformat(), value.start + duration.start(), value.start + duration.end())
    return _validity_in_sentence(layout, issued_on)


def _validity_in_sentence(layout: Layout, issued_on: Field | None) -> Field | None:
    """Return the date right after the words "valid until" in running text, or the end of a stated period."""
    for cell in layout.flow:
        for mention in layout.labels.fields.find(cell.text):
            if mention.code == "valid_until":
                near = find_dates(cell.text[mention.stop : mention.stop + NEAR_DATE])
                begin = mention.stop + near[0].stop if near else len(cell.text)
                field = date_field(cell, begin, begin + NEAR_DATE) if _THROUGH.match(cell.text, begin) else None
                field = field or date_field(cell, mention.stop, min(mention.stop + NEAR_DATE, len(cell.text)))
                if field:
                    return field
        period = _PERIOD.search(cell.text)
        if period and issued_on:
            until = _after(date.fromisoformat(issued_on.value), period)
            return cell.field(until.isoformat(), period.start(), period.end())
    return _validity_by_words(layout, issued_on)


def _end_of_service(cell: Cell) -> Field | None:
    """Return the last day of a time during which outlets serve: 在2026年1月1日至3月31日期间，由下列网点提供维修服务."""
    days = find_dates(cell.text)
    for first, last in pairwise(days):
        joined = _THROUGH.match(cell.text, first.stop)
        served = joined and joined.end() == last.start and _DURING.match(cell.text, last.stop)
        if served and _OF_SERVICE.search(cell.text, last.stop):
            return date_field(cell, last.start, last.stop)
    return None


def _validity_by_words(layout: Layout, issued_on: Field | None) -> Field | None:
    """Return the last date of a sentence that speaks of validity, if the letter is older than that date."""
    vehicles = layout.table_rows("vehicles")
    for number, cell in layout.cells():
        for sentence in _SENTENCE.finditer(cell.text) if number not in vehicles else ():
            dates = find_dates(sentence.group()) if OF_VALIDITY.search(sentence.group()) else ()
            if dates and (issued_on is None or dates[-1].value.isoformat() > issued_on.value):
                start = sentence.start()
                return date_field(cell, start + dates[-1].start, start + dates[-1].stop)
    return None


def _after(start: date, duration: re.Match[str]) -> date:
    groups = duration.groupdict()
    count = count_of(groups["count"] or groups["count2"])
    unit = str(groups["unit"] or groups["unit2"]).lower()
    if unit in ("日", "天") or unit.startswith(("day", "дн")):
        return start + timedelta(days=count)
    months = count * 12 if unit == "年" or unit.startswith(("year", "год", "лет")) else count
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def find_first_day(layout: Layout) -> Field | None:
    """Return the day from which the letter says that it holds; none where it holds from the day of its issue."""
    for cell in layout.flow:
        for day in find_dates(cell.text):
            before, behind = cell.text[: day.start], cell.text[day.stop :]
            if (_FROM.search(before) and _HOLDS.match(behind)) or _HOLDS_FROM.search(before):
                return date_field(cell, day.start, day.stop)
    return None


def find_unread_validity(layout: Layout) -> Field | None:
    """Return what is stated as the last day of validity and was not read as one, crossed out, say: 至2026-03 01."""
    for value in layout.values("valid_until"):
        digits = sum(map(str.isdigit, value.text))
        if value.listed and digits >= FEWEST_DIGITS and _YEAR.search(value.text) and not find_dates(value.text):
            return value.cell.field("", value.start, value.stop)
    return None
