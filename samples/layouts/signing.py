"""Letterheads, boxes, days in words and closing lines at the left: what offices that write for abroad share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from babel import Locale
from babel.dates import format_date

from samples.content import Letter
from samples.layouts.closing import SEAL_ROOM_MM
from samples.paper.sheet import Rule, Sheets
from samples.world.places import BY_CODE

SEAL_HALF_MM = 22.0


def sign_left(sheets: Sheets, lines: Sequence[str], *, over: int = 0) -> None:
    """Print closing lines from the left margin; a seal goes over line number `over` or beside them, right."""
    step = sheets.size_mm * 1.7
    sheets.need(max(SEAL_ROOM_MM, 10 + step * len(lines)))
    sheets.down(10)
    top = sheets.y
    for line in lines:
        sheets.put(sheets.left, line)
        sheets.down(step)
    widest = max(sheets.width(line) for line in lines)
    page, name = len(sheets.pages) - 1, top + step * over
    sheets.sealed_at = (page, sheets.left + max(sheets.width(lines[over]) / 2, SEAL_HALF_MM), name + step / 2)
    sheets.clear_at = (page, min(sheets.left + widest + 28, sheets.right - SEAL_HALF_MM), name + step / 2)


def small_head(sheets: Sheets, name: str, lines: Sequence[str], *, centred: bool) -> None:
    """Print a maker's own letterhead: its name over small lines with its address, and a rule."""
    sheets.headed = True
    for text, size, bold in ((name, 5.0, True), *((line, 2.9, False) for line in lines)):
        spare = sheets.right - sheets.left - sheets.width(text, size, bold)
        sheets.put(sheets.left + (spare / 2 if centred else 0), text, size=size, bold=bold)
        sheets.down(size * 1.1 + 1.2)
    y = sheets.y - 2
    sheets.pages[-1].append(Rule(sheets.left, y, sheets.right, y, 0.5, (40, 70, 130)))
    sheets.down(8)


def at_right(sheets: Sheets, text: str) -> None:
    """Print `text` against the right margin and move down."""
    sheets.put(sheets.right - sheets.width(text), text)
    sheets.down(sheets.size_mm * sheets.lead)


def home_town(letter: Letter) -> str:
    """Return the maker's town in Latin letters: its English name begins with it."""
    return letter.issuer_en.split()[0]


def in_words(day: date, pattern: str, language: str) -> str:
    """Return a date by a CLDR pattern, its month named in `language`."""
    return format_date(day, pattern, locale=language)


def ordinal_date(day: date) -> str:
    """Return `March 12th, 2026`."""
    ending = "th" if day.day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{in_words(day, 'MMMM', 'en')} {day.day}{ending}, {day.year}"


def named(letter: Letter, language: str) -> str:
    """Return the destination's name in `language`; in English where a region stands for it, nothing without one."""
    if letter.country_text != BY_CODE[letter.country].name:
        return letter.country_text_en
    name: str = Locale(language).territories[letter.country]
    return name


def engine_number(words: Random) -> str:
    """Return an engine's number as makers stamp it."""
    return f"{words.choice(('4G15', 'E4T15', 'TZ220', '4B20'))}{words.choice('ABDEH')}{words.randint(100_000, 999_999)}"


def box_pair(sheets: Sheets, left: tuple[str, str], right: tuple[str, str]) -> None:
    """Print a broad and a narrow box side by side, each with its caption in its upper corner."""
    size, step = 3.5 * sheets.scale, 5.0 * sheets.scale
    edges = (sheets.left, sheets.left + 104, sheets.left + 162)
    found = [
        [line for part in value.split("\n") for line in sheets.broken(part, edges[k + 1] - edges[k] - 6, size=size)]
        for k, (_, value) in enumerate((left, right))
    ]
    height = 7.5 + step * max(map(len, found))
    for k, (caption, _) in enumerate((left, right)):
        sheets.put(edges[k] + 1.5, caption, size=2.7 * sheets.scale, y=sheets.y + 3.6)
        for number, line in enumerate(found[k]):
            sheets.put(edges[k] + 3, line, size=size, y=sheets.y + 9 + step * number)
    for x in edges:
        sheets.pages[-1].append(Rule(x, sheets.y, x, sheets.y + height))
    for y in (sheets.y, sheets.y + height):
        sheets.pages[-1].append(Rule(edges[0], y, edges[-1], y))
    sheets.down(height)
