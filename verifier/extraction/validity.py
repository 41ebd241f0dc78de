"""Until when a letter holds."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

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
    r"|\befectos\b|\bjusqu\w*|\baté\b",
    re.I,
)
"""Words that speak of how long a letter holds, in whatever sentence."""
_THROUGH = re.compile(
    r"\W*(?:起|之日起|г\.)?\s*(?:开始)?\s*(?:至|到|until|till|through|to|hasta|al|jusqu['’]au|au|до|по|até|a|—|–|~|～|-)\W*\s*(?=\S*\d)",
    re.I,
)
"""What joins the first day of a period to its last: 自2026年5月12日起至2027年5月11日止."""
_SENTENCE = re.compile(r"[^。;；]+")
_YEAR = re.compile(r"20\d\d")
FEWEST_DIGITS = 6
"""Digits of what was meant as a day: 2026-3-1 has six."""
NEAR_DATE = 28
"""Characters after "valid until" within which the date stands."""


def find_validity(layout: Layout, issued_on: Field | None) -> Field | None:
    """Return the last day of validity, stated as a date or as a time from the day of issue."""
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


def find_unread_validity(layout: Layout) -> Field | None:
    """Return what is stated as the last day of validity and was not read as one, crossed out, say: 至2026-03 01."""
    for value in layout.values("valid_until"):
        digits = sum(map(str.isdigit, value.text))
        if value.listed and digits >= FEWEST_DIGITS and _YEAR.search(value.text) and not find_dates(value.text):
            return value.cell.field("", value.start, value.stop)
    return None
