"""Whether an office writes the day or the month first: 20/03/2026 on a page settles its 03/04/2026."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from verifier.extraction.layout import Layout
from verifier.formats.dates import find_dates
from verifier.letter import Field, Letter

_WRITTEN_OUT = re.compile(
    r"[«“\"]?\s?\d{1,2}\s?[»”\"]?\.?[º°]?\s*(?:de\s*)?(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|janvier|février|mars|avril|mai|juin|juillet|août"
    r"|septembre|octobre|novembre|décembre|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\b"
    r"|\d{1,2}\s*tháng",
    re.I,
)
"""A date in words of a language that writes the day before the month in figures, too; English and Chinese do either."""
_LED = re.compile(
    r"(?:\b(?:le|el)|immatricul\w+|matricul\w+|matrícula|\bfecha\b[^:：]{0,24}|date\s+d[eu'’][^:：]{0,24}|valable\s+jusqu\w*|hasta|até"
    r"|\bdata\s+d[aeo][^:：]{0,24}|дата[^:：]{0,30}|\bот|ngày[^:：]{0,16})\s*(?:[(（][^()（）]*[)）])?\s*[:：]?\s*$",
    re.I,
)
"""What leads to a date in such a language: Fait le, Fecha de matriculación, Date d'immatriculation（注册日期）:."""
_NUMBERS = re.compile(r"(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*\d{4}")
MONTHS = 12
LEAD = 60
"""Characters before a date in which the words stand that lead to it."""


def with_order_settled(letter: Letter, layout: Layout) -> Letter:
    """Return the letter with dates no longer ambiguous where the document's other dates show one order.

    Without such a date, or with dates of both orders, every doubt stays.
    """
    orders = set(_orders(layout))
    if len(orders) != 1:
        return letter
    day_first = orders.pop()
    return replace(
        letter,
        issued_on=_settled(letter.issued_on, day_first),
        valid_until=_settled(letter.valid_until, day_first),
        vehicles=tuple(
            replace(
                vehicle,
                registration_date=_settled(vehicle.registration_date, day_first),
                transfer_date=_settled(vehicle.transfer_date, day_first),
            )
            for vehicle in letter.vehicles
        ),
    )


def _orders(layout: Layout) -> list[bool]:
    """Return, for each date that can be read in one way only, whether its day comes first.

    Such is one in figures above 12, or one in or behind words of a language that knows no other order.
    """
    found = []
    for cell in layout.flow:
        for mention in find_dates(cell.text):
            numbers = _NUMBERS.search(cell.text, mention.start, mention.stop)
            if numbers:
                first, second = (int(number) for number in numbers.groups())
                if max(first, second) > MONTHS:
                    found.append(first > MONTHS)
                elif _LED.search(cell.text, max(mention.start - LEAD, 0), mention.start):
                    found.append(True)
            elif _WRITTEN_OUT.match(cell.text, mention.start):
                found.append(True)
    return found


def _settled(field: Field | None, day_first: bool) -> Field | None:
    if field is None or field.doubt != "ambiguous":
        return field
    value = date.fromisoformat(field.value)  # read day first
    settled = value if day_first else date(value.year, value.day, value.month)
    return replace(field, value=settled.isoformat(), doubt=None)
